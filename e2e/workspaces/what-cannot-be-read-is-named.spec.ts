import { expect, test } from 'playwright/test';
import { linesFrom, makeDocx, makePdf } from '../../lib/workspace/formats/files.fixture.ts';
import { make, makeForm, OFFICE, removeAll, textFile, workspaceRow } from './page-model.ts';

test.afterEach(({ page }) => removeAll(page));

test('what cannot be read is named and left out, and nothing is made of nothing', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('/workspaces');
  await make(page, 'Rusak', [textFile('palsu.pdf', 'bukan pdf')]);
  await expect(makeForm(page).getByRole('alert')).toContainText('palsu.pdf (rusak', { timeout: 60_000 });
  await expect(workspaceRow(page, 'Rusak')).toHaveCount(0);
  // With a document that can be read, it is made without the others.
  const word = { name: 'gaji.docx', mimeType: '', buffer: Buffer.from(makeDocx([{ text: 'Gaji', style: 'heading 1' }, { text: 'Dibayar tanggal 25.' }])) };
  const print = { name: 'sakit.pdf', mimeType: '', buffer: Buffer.from(makePdf([linesFrom(700, ['Surat dokter setelah dua hari.'])])) };
  await make(page, 'Rusak', [...OFFICE, word, print]);
  const told = makeForm(page).getByRole('status').filter({ hasText: 'siap' });
  await expect(told).toContainText('“Rusak” siap: 4 dokumen', { timeout: 60_000 });
  await expect(told).toContainText(/1 dilewati:\s*palsu\.pdf: rusak/);
  // A file that is no workspace is refused with the reason.
  const take = page.getByRole('region', { name: 'Impor' });
  await take.locator('input[type=file]').setInputFiles(textFile('aneh.zip', 'bukan zip'));
  await take.getByRole('button', { name: 'Impor' }).click();
  await expect(take.getByRole('alert')).toContainText('aneh.zip tidak dapat diimpor: rusak: bukan arsip ZIP');
});
