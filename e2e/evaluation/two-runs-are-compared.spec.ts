import { expect, test } from 'playwright/test';
import { keepRun } from './runs.ts';

test('two runs are compared on what they share, and exported', async ({ page }) => {
  await keepRun('earlier');
  await keepRun('later', 0, (rows) => rows.map((row) => ({ ...row, arms: { ...row.arms, rag: { ...row.arms.rag!, right: true } } })));
  await page.goto('/evaluation?run=later');
  await page.getByLabel('Bandingkan dengan').selectOption('earlier');
  const comparison = page.getByRole('region', { name: 'Dua evaluasi' });
  await expect(comparison).toContainText('4 pertanyaan yang ada di keduanya');
  await expect(comparison.getByRole('listitem').filter({ hasText: 'Buka buku' }).first()).toContainText('50,0 % → 100,0 %');
  await expect(comparison.getByRole('listitem').filter({ hasText: 'Buka buku' }).first()).toContainText('2 menjadi benar, 0 menjadi salah');
  await expect(page).toHaveURL(/run=later&against=earlier/);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Markdown' }).click();
  expect((await download).suggestedFilename()).toBe('later.md');
});

test('a run that is not there is said, and the others stay in reach', async ({ page }) => {
  await keepRun('earlier');
  await page.goto('/evaluation?run=nowhere');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('There is no run "nowhere"');
  await page.getByRole('combobox', { name: /^Evaluasi/ }).selectOption('earlier');
  await expect(page.getByRole('heading', { name: 'Benar berapa?' })).toBeVisible();
});
