import { expect, test } from 'playwright/test';
import { make, makeForm, OFFICE, removeAll, textFile, workspaceRow } from './page-model.ts';

test.afterEach(({ page }) => removeAll(page));

test('files that could not be added stay chosen; those that were added do not', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('/workspaces');
  await make(page, 'Kantor kami', OFFICE);
  await expect(makeForm(page).getByRole('status').filter({ hasText: 'siap' })).toBeVisible({ timeout: 60_000 });
  const row = workspaceRow(page, 'Kantor kami');
  await row.getByRole('button', { name: 'Tambah dokumen' }).click();
  await row.getByTestId('files').setInputFiles([textFile('palsu.pdf', 'bukan pdf')]);
  await row.getByRole('button', { name: 'Tambahkan 1' }).click();
  await expect(row.getByRole('alert')).toContainText('palsu.pdf (rusak', { timeout: 60_000 });
  await expect(row.getByText('1 dipilih')).toBeVisible();
  // To look at something else meanwhile forgets nothing.
  await row.getByRole('button', { name: 'Ganti judul' }).click();
  await expect(row.getByText('1 dipilih')).toBeHidden();
  await row.getByRole('button', { name: 'Tambah dokumen' }).click();
  await expect(row.getByText('1 dipilih')).toBeVisible();
  // With one that can be read they are taken, and forgotten.
  await row.getByTestId('files').setInputFiles([textFile('gaji.md', '# Gaji\n\nDibayar tanggal 25.')]);
  await row.getByRole('button', { name: 'Tambahkan 2' }).click();
  await expect(row.getByText('Ditambahkan: 1 dokumen')).toBeVisible({ timeout: 60_000 });
  await expect(row.getByText('dipilih')).toHaveCount(0);
});
