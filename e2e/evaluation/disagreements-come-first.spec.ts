import { expect, test } from 'playwright/test';
import { keepRun } from './runs.ts';

test('disagreements come first, are filtered and searched, and a question opens in the live panes', async ({ page }) => {
  await keepRun('disagreeing', 30);
  await page.goto('/evaluation?run=disagreeing');
  const questions = page.getByRole('region', { name: 'Di mana keduanya berbeda' });
  const titles = questions.getByRole('listitem').getByRole('heading');
  await expect(titles.first()).toHaveText('Question only-rag?');
  await expect(titles.nth(1)).toHaveText('Question only-tuned?');
  await expect(questions.getByText('1–20 dari 34')).toBeVisible();

  // Only one standing, then words of an answer.
  await questions.getByRole('button', { name: /Hanya Hafalan benar 1/ }).click();
  await expect(titles).toHaveText(['Question only-tuned?']);
  await expect(questions.getByText('ada di data latihan')).toBeVisible();
  await questions.getByRole('button', { name: /Semua 34/ }).click();
  await questions.getByRole('searchbox', { name: 'Cari kata' }).fill('rag on both-wrong');
  await expect(titles).toHaveText(['Question both-wrong?']);

  // The same question, asked now.
  await questions.getByRole('link', { name: /Tanyakan lagi/ }).click();
  await expect(page).toHaveURL(/\/\?q=Question\+both-wrong%3F&workspace=pajak/);
  await expect(page.getByRole('textbox', { name: 'Pertanyaan' })).toHaveValue('Question both-wrong?');
  await expect(page.locator('article[data-phase=done]')).toHaveCount(2);
});
