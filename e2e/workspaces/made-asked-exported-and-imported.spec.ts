import { expect, test } from 'playwright/test';
import { answer, askAndWait, pane } from '../page-model.ts';
import { chooser, make, makeForm, OFFICE, removeAll, workspaceRow } from './page-model.ts';

test.afterEach(({ page }) => removeAll(page));

test('a workspace is made from files, asked, exported, deleted and imported again', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('/workspaces');
  await make(page, 'Kantor kami', OFFICE);
  await expect(makeForm(page).getByText('“Kantor kami” siap: 2 dokumen dalam 2 potongan.')).toBeVisible({ timeout: 60_000 });
  // Ask it: the answer comes from its documents, and opens the one it came from.
  await makeForm(page).getByRole('button', { name: 'Tanyakan sesuatu' }).click();
  await expect(chooser(page)).toHaveValue('kantor-kami', { timeout: 15_000 });
  await askAndWait(page, 'Berapa hari cuti pegawai?');
  const rag = pane(page, 'Buka buku');
  await expect(answer(rag)).toContainText('18 hari cuti');
  await rag.getByRole('button', { name: 'Buka dokumen Cuti tahunan' }).first().click();
  await expect(page.getByRole('dialog', { name: 'Cuti tahunan' })).toContainText('Setiap pegawai mendapat 18 hari', { timeout: 15_000 });
  await page.keyboard.press('Escape');
  // Take a document out of it, export it and delete it.
  await page.goto('/workspaces');
  await workspaceRow(page, 'Kantor kami').getByRole('button', { name: 'Dokumen', exact: true }).click();
  const parking = workspaceRow(page, 'Kantor kami').getByRole('listitem').filter({ hasText: 'parkir' });
  await parking.getByRole('button', { name: 'Keluarkan' }).click();
  await parking.getByRole('button', { name: 'Ya, keluarkan' }).click();
  await expect(workspaceRow(page, 'Kantor kami')).toContainText('1 dokumen', { timeout: 15_000 });
  const download = page.waitForEvent('download');
  await workspaceRow(page, 'Kantor kami').getByRole('link', { name: 'Ekspor sebagai satu berkas' }).click();
  const file = await (await download).path();
  await workspaceRow(page, 'Kantor kami').getByRole('button', { name: 'Hapus', exact: true }).click();
  await workspaceRow(page, 'Kantor kami').getByRole('button', { name: 'Ya, hapus' }).click();
  await expect(workspaceRow(page, 'Kantor kami')).toHaveCount(0, { timeout: 15_000 });
  await expect(chooser(page)).toHaveValue('pajak', { timeout: 15_000 });
  // Import it under another name.
  const take = page.getByRole('region', { name: 'Impor' });
  await take.locator('input[type=file]').setInputFiles(file);
  await take.getByLabel('Dengan nama lain').fill('salinan');
  await take.getByRole('button', { name: 'Impor' }).click();
  await expect(take.getByText('siap: 1 dokumen')).toBeVisible({ timeout: 60_000 });
  await expect(workspaceRow(page, 'Kantor kami').getByText('salinan')).toBeVisible({ timeout: 15_000 });
});
