import { expect, test } from 'playwright/test';
import { answer, ask, askAndWait, pane, row } from '../page-model.ts';

test('stop ends both answers, and they are not measured', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Jawab dengan lambat');
  await expect(answer(pane(page, 'Hafalan'))).toContainText('Pajak');
  await page.getByRole('button', { name: 'Hentikan' }).click();
  await expect(page.locator('article[data-phase=cancelled]')).toHaveCount(2);
  // The button is gone; the keyboard goes on beside it.
  await expect(page.getByRole('button', { name: 'Tanya keduanya' })).toBeFocused();
  const text = await answer(pane(page, 'Hafalan')).innerText();
  await page.waitForTimeout(400);
  expect(await answer(pane(page, 'Hafalan')).innerText()).toBe(text);
  await expect(row(page, 'Konsep dasar')).not.toContainText('di sini');
  // The next question works.
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
});
