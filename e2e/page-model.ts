import { expect, type Locator, type Page } from 'playwright/test';

export const questionBox = (page: Page): Locator => page.getByRole('textbox', { name: /Pertanyaan|Question/ });
export const pane = (page: Page, name: 'Buka buku' | 'Hafalan' | 'Open book' | 'Memorised'): Locator => page.getByRole('article', { name: new RegExp(`^${name}`) });
export const answer = (within: Locator): Locator => within.getByTestId('answer');
export const row = (page: Page, aspect: string): Locator => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: aspect }) });

/** Types a question and presses Enter. */
export async function ask(page: Page, question: string): Promise<void> {
  await questionBox(page).fill(question);
  await questionBox(page).press('Enter');
}

export async function askAndWait(page: Page, question: string): Promise<void> {
  await ask(page, question);
  await expect(page.locator('article[data-phase=done]')).toHaveCount(2, { timeout: 15_000 });
}
