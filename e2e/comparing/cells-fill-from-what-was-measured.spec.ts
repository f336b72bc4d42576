import { expect, test } from 'playwright/test';
import { askAndWait, row } from '../page-model.ts';

test('cells fill from what was measured, and say so', async ({ page }) => {
  await page.goto('/');
  const idea = row(page, 'Konsep dasar').getByRole('cell');
  // Before the first question nothing is known, and nothing shows as 0.
  await expect(idea.first()).toContainText('panjang prompt–');
  await expect(idea.first()).toContainText('belum diukur');
  await expect(idea.first()).not.toContainText('0 token');
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  await expect(idea.first()).toContainText('panjang prompt412 token');
  await expect(idea.first()).toContainText('di sini, n = 1');
  await expect(idea.nth(1)).toContainText('LoRA rank 16, 18 lapisan');
  await askAndWait(page, 'Berapa tarif PPN sekarang?');
  await expect(idea.nth(1)).toContainText('di sini, n = 2');
  // What no run has measured stays unmeasured.
  await expect(row(page, 'Fleksibilitas')).toContainText('belum diukur');
});
