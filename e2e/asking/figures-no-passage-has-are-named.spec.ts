import { expect, test } from 'playwright/test';
import { askAndWait, pane } from '../page-model.ts';

test('figures that no passage has are named under the answer that looked them up, and only there', async ({ page }) => {
  await page.goto('/');
  await askAndWait(page, 'Berapa besarnya menurut ingatan?');
  const note = /tidak ada dalam potongan yang dibaca/;
  await expect(pane(page, 'Buka buku').getByText(note)).toHaveText('Angka atau tanggal ini tidak ada dalam potongan yang dibaca: 1 Mei 1999, 99 persen. Periksa dulu sebelum dipakai.');
  await expect(pane(page, 'Hafalan').getByText(note)).toHaveCount(0);
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  await expect(page.getByText(note)).toHaveCount(0);
});
