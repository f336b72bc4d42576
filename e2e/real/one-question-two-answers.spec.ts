import { expect, test } from 'playwright/test';
import { answer, ask, pane, row } from '../page-model.ts';

test('one question is answered by looking up and by heart, and measured', async ({ page }) => {
  await page.goto('/');
  // A sample is one tap.
  await page.getByRole('button', { name: 'Apa perbedaan PPN dan PPh?' }).click();
  const [rag, taught] = [pane(page, 'Buka buku'), pane(page, 'Hafalan')];
  await expect(page.locator('article[data-phase=done]')).toHaveCount(2);

  // The taught model says what it was taught; its pane says how.
  await expect(answer(taught)).toContainText(/konsumsi/);
  await expect(answer(taught)).toContainText(/penghasilan/);
  await expect(taught.getByText(/\d contoh/)).toBeVisible();

  // The other one names the documents it read.
  await expect(answer(rag)).not.toBeEmpty();
  await expect(rag.getByRole('button', { name: /Perbedaan PPN dan PPh/ }).first()).toBeVisible();

  // The table has measured both.
  await expect(row(page, 'Konsep dasar').getByText('di sini, n = 1').first()).toBeVisible();
});

test('a question in English is answered in the page in English', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'English' }).click();
  await ask(page, 'What is the corporate income tax rate?');
  await expect(page.locator('article[data-phase=done]')).toHaveCount(2);
  await expect(answer(pane(page, 'Memorised'))).toContainText('22%');
});
