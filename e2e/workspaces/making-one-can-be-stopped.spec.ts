import { expect, test } from 'playwright/test';
import { make, makeForm, removeAll, textFile, workspaceRow } from './page-model.ts';

test.afterEach(({ page }) => removeAll(page));

test('making a workspace can be stopped, and leaves nothing', async ({ page }) => {
  await page.goto('/workspaces');
  const long = Array.from({ length: 400 }, (_unused, index) => textFile(`catatan-${index}.txt`, `Catatan nomor ${index}. ${`Isi yang panjang sekali ${index}. `.repeat(60)}`));
  await make(page, 'Terlalu banyak', long);
  const form = makeForm(page);
  await expect(form.getByRole('progressbar')).toBeVisible();
  await form.getByRole('button', { name: 'Hentikan' }).click();
  await expect(form.getByText('Dihentikan. Tidak ada yang berubah.')).toBeVisible();
  await page.reload();
  await expect(workspaceRow(page, 'Terlalu banyak')).toHaveCount(0);
});
