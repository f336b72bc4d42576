import { expect, test } from 'playwright/test';
import { row } from '../page-model.ts';

test('a committed figure names its command', async ({ page }) => {
  await page.goto('/');
  const cell = row(page, 'Cocok untuk').getByRole('cell').nth(1);
  await expect(cell).toContainText('64%');
  await cell.getByRole('button', { name: 'uji tersimpan' }).click();
  await expect(page.getByRole('dialog')).toContainText('npm run eval -- --workspace pajak --json');
  await expect(page.getByRole('dialog')).toContainText('n = 104');
});
