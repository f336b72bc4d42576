import { expect, test } from 'playwright/test';
import { beginAnew, knob, pupil, startRun, untilState } from './page-model.ts';

// A training's process takes a while to start on a busy machine.
test.describe.configure({ timeout: 120_000 });

test('a checkpoint is kept, used, compared, renamed and deleted', async ({ page, request }) => {
  await beginAnew(request);
  const { id } = await startRun(request, 'asal', { epochs: 2, batchSize: 16 });
  await untilState(request, id, 'finished');
  await page.goto('/training');
  await knob(page).focus();
  await page.keyboard.press('ArrowLeft');
  await pupil(page).getByRole('button', { name: /Simpan langkah \d+ sebagai adapter/ }).click();
  await pupil(page).getByRole('textbox', { name: 'Nama adapter' }).fill('setengah-jalan');
  await page.keyboard.press('Enter');
  await expect(pupil(page)).toContainText('Tersimpan sebagai “setengah-jalan”.');
  await pupil(page).getByRole('button', { name: 'Pakai untuk pajak' }).click();
  await expect(pupil(page)).toContainText('“pajak” kini menjawab dengan “setengah-jalan”.');

  const row = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await expect(row('setengah-jalan')).toContainText('menjawab untuk pajak');
  // One that is in use cannot be deleted.
  await expect(row('setengah-jalan').getByRole('button', { name: 'Hapus' })).toBeHidden();
  await row('pajak').getByRole('button', { name: 'Pakai untuk pajak' }).click();
  await expect(row('setengah-jalan')).not.toContainText('menjawab untuk');

  await row('setengah-jalan').getByRole('button', { name: 'Bandingkan' }).click();
  await expect(page.getByText('“setengah-jalan” dipilih.')).toBeVisible();
  await row('asal').getByRole('button', { name: 'Bandingkan' }).click();
  const table = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'asal' }) });
  await expect(table.getByRole('row').filter({ hasText: 'hash contoh' })).toContainText('keduanya');

  await row('setengah-jalan').getByRole('button', { name: 'Ganti nama' }).click();
  await page.keyboard.press('Escape');
  await expect(row('setengah-jalan').getByRole('button', { name: 'Ganti nama' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Nama baru' }).fill('separuh');
  await page.keyboard.press('Enter');
  await expect(row('separuh').getByRole('button', { name: 'Ganti nama' })).toBeFocused();
  await row('separuh').getByRole('button', { name: 'Hapus' }).click();
  await row('separuh').getByRole('button', { name: 'Ya, hapus' }).click();
  await expect(row('separuh')).toBeHidden();
});
