import { expect, test } from 'playwright/test';
import { answer, askAndWait, pane, row } from '../page-model.ts';

test('an edited document shows in the next answer, and the table tells how long it took', async ({ page, request }) => {
  const original = await (await request.get('/api/documents/ppn-tarif')).json();
  await page.goto('/');
  await askAndWait(page, 'Berapa tarif PPN sekarang?');
  const rag = pane(page, 'Buka buku');
  await expect(answer(rag)).toContainText('11 persen');
  // Change the fact in the document that was cited.
  await rag.getByRole('button', { name: 'Buka dokumen Tarif PPN' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tarif PPN' });
  await dialog.getByRole('button', { name: 'Ubah teks' }).click();
  await dialog.getByRole('textbox').fill(original.text.replace('11 persen sejak 1 April 2022', '12 persen sejak 1 Januari 2025'));
  await dialog.getByRole('button', { name: 'Simpan dan indeks ulang' }).click();
  await expect(dialog.getByText(/Terindeks dalam 142 ms/)).toBeVisible();
  // Ask both again: one follows the document, the other keeps what it learned.
  await dialog.getByRole('button', { name: 'Tanyakan lagi' }).click();
  await expect(answer(rag)).toContainText('12 persen');
  await expect(answer(pane(page, 'Hafalan'))).toContainText('11 persen');
  // Indexing alone is not yet an answer.
  const retraining = row(page, 'Butuh latihan ulang?').getByRole('cell');
  await expect(retraining.first()).toContainText('di sini, n = 1');
  await expect(retraining.first()).not.toContainText('142 ms');
  await expect(retraining.nth(1)).toContainText('belum diukur');
  await request.put('/api/documents/ppn-tarif', { data: { text: original.text } });
});
