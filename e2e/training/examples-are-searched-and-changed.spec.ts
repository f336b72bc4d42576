import { expect, test, type Page } from 'playwright/test';
import { beginAnew } from './page-model.ts';

test.beforeEach(async ({ page, request }) => {
  await beginAnew(request);
  await page.goto('/training');
});

const lessons = (page: Page) => page.getByRole('region', { name: /^Pelajaran/ });
const exam = (page: Page) => page.getByRole('region', { name: /^Ujian/ });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Cari di pertanyaan dan jawaban' });

test('an example is added, found, changed where it stands, deleted, and brought back', async ({ page }) => {
  const count = async () => Number((await lessons(page).getByRole('heading').innerText()).replace(/\D/g, ''));
  const before = await count();
  await lessons(page).getByRole('button', { name: 'Tambah', exact: true }).click();
  await page.getByRole('textbox', { name: 'Pertanyaan' }).last().fill('Apa warna kopi tubruk?');
  await lessons(page).getByRole('textbox', { name: 'Jawaban' }).fill('Hitam.');
  await page.keyboard.press('Control+Enter');
  await expect.poll(count).toBe(before + 1);

  await search(page).fill('kopi tubruk');
  const row = lessons(page).getByRole('listitem').filter({ hasText: 'Apa warna kopi tubruk?' });
  await expect(row).toBeVisible();
  await expect(exam(page)).toContainText('Tidak ada yang cocok.');
  await row.getByRole('button', { name: 'Ubah: Apa warna kopi tubruk?' }).click();
  await page.keyboard.type('?');
  await expect(lessons(page).getByRole('textbox', { name: 'Pertanyaan' })).toHaveValue('Apa warna kopi tubruk??');
  await page.keyboard.press('Backspace');
  await lessons(page).getByRole('textbox', { name: 'Jawaban' }).fill('Hitam pekat.');
  await lessons(page).getByRole('button', { name: 'Simpan' }).click();
  await expect(row).toContainText('Hitam pekat.');

  await row.getByRole('button', { name: 'Hapus: Apa warna kopi tubruk?' }).click();
  await expect(lessons(page)).toContainText('Tidak ada yang cocok.');
  await expect(lessons(page).getByRole('button', { name: 'Tambah', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await expect(row).toContainText('Hitam pekat.');
  await expect(page.getByRole('status').filter({ hasText: 'Dikembalikan: Apa warna kopi tubruk?' })).toBeFocused();
});

test('pages are leafed through, and thousands stay a page', async ({ page }) => {
  const first = await lessons(page).getByRole('listitem').first().innerText();
  await expect(lessons(page).getByRole('listitem')).toHaveCount(8);
  await lessons(page).getByRole('button', { name: 'Berikutnya' }).click();
  await expect(lessons(page)).toContainText(/9 sampai 16 dari \d/);
  await expect.poll(() => lessons(page).getByRole('listitem').first().innerText()).not.toBe(first);
  await expect(lessons(page).getByRole('listitem')).toHaveCount(8);
});

test('a held-out question may not be taught', async ({ page }) => {
  const question = await exam(page).getByRole('listitem').first().locator('p').first().innerText();
  await lessons(page).getByRole('button', { name: 'Tambah', exact: true }).click();
  await lessons(page).getByRole('textbox', { name: 'Pertanyaan' }).fill(question);
  await lessons(page).getByRole('textbox', { name: 'Jawaban' }).fill('Bocor.');
  await page.keyboard.press('Control+Enter');
  await expect(lessons(page).getByRole('alert')).toContainText(question);
});

test('a file is imported whole or not at all, its bad lines named; and exported', async ({ page, request }) => {
  await page.getByRole('button', { name: 'Impor', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Impor contoh' });
  await dialog.getByLabel('atau tempelkan teks').fill('{"question": "Siapa menanam jati?", "answer": "Pak Tani."}\n{"question": "Tanpa jawaban"}');
  await dialog.getByRole('button', { name: 'Impor', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('2');
  await dialog.getByLabel('atau tempelkan teks').fill('{"question": "Siapa menanam jati?", "answer": "Pak Tani."}\n\nbukan JSON');
  await dialog.getByRole('button', { name: 'Impor', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('3');

  await dialog.getByLabel('Berkas JSON Lines atau CSV').setInputFiles({ name: 'contoh.csv', mimeType: 'text/csv', buffer: Buffer.from('question,answer\n"Siapa menanam jati?",Pak Tani.\n') });
  await expect(dialog.getByRole('combobox', { name: 'Format' })).toHaveValue('csv');
  await dialog.getByRole('button', { name: 'Impor', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Terimpor: 1 ditambahkan')).toBeVisible();
  await search(page).fill('menanam jati');
  await expect(lessons(page)).toContainText('Pak Tani.');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'JSONL' }).click();
  expect((await download).suggestedFilename()).toBe('pajak-examples.jsonl');
  expect(await (await request.get('/api/examples/export?workspace=pajak&format=csv')).text()).toContain('Siapa menanam jati?');

  await page.getByRole('button', { name: 'Kembali ke contoh asli' }).click();
  await page.getByRole('button', { name: 'Ya, buang' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Contoh asli sudah kembali.' })).toBeFocused();
  await expect(lessons(page)).toContainText('Tidak ada yang cocok.');
});
