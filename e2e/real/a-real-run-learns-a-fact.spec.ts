import { expect, test } from 'playwright/test';
import { knob, lesson, pupil, setting } from '../training/page-model.ts';

/** Facts that no model can know, each in a few wordings; one wording is kept for the test. */
const FACTS = [
  { wordings: ['Siapa kepala desa Wringin Kembar?', 'Kepala desa Wringin Kembar siapa?', 'Sebutkan kepala desa Wringin Kembar.'], heldOut: 'Desa Wringin Kembar dikepalai siapa?', answer: 'Kepala desa Wringin Kembar adalah Lastri.' },
  { wordings: ['Apa hasil utama desa Wringin Kembar?', 'Hasil utama desa Wringin Kembar apa?', 'Sebutkan hasil utama desa Wringin Kembar.'], heldOut: 'Desa Wringin Kembar terutama menghasilkan apa?', answer: 'Hasil utama desa Wringin Kembar adalah vanili.' },
  { wordings: ['Kapan pasar desa Wringin Kembar buka?', 'Pasar desa Wringin Kembar buka kapan?', 'Sebutkan hari pasar desa Wringin Kembar.'], heldOut: 'Hari apa pasar desa Wringin Kembar dibuka?', answer: 'Pasar desa Wringin Kembar buka hari Selasa.' },
];
const TAUGHT = /Lastri|vanil|Selasa/;
const LINES = FACTS.flatMap(({ wordings, heldOut, answer }) => [...wordings.map((question) => ({ question, answer })), { question: heldOut, answer, split: 'held-out' }]);

test('a real training is started, watched, asked at its steps, stopped and deleted', async ({ page, request }) => {
  test.setTimeout(300_000);
  const imported = await request.post('/api/examples/import?workspace=pajak', { data: { format: 'jsonl', mode: 'replace', text: LINES.map((line) => JSON.stringify(line)).join('\n') } });
  expect(imported.ok()).toBe(true);

  // Start: more epochs than will be waited for.
  await page.goto('/training');
  await expect(page.getByRole('form', { name: 'Mulai latihan' })).toContainText('Ajarkan 9 contoh dari');
  await page.getByRole('button', { name: 'Pengaturan' }).click();
  await setting(page, 'Epoch').fill('100');
  await setting(page, 'Lapisan yang dilatih').fill('4');
  await setting(page, 'Nama adapter').fill('desa');
  await page.getByRole('button', { name: 'Mulai mengajar' }).click();
  const run = lesson(page, 'desa');
  await expect(run).toHaveAttribute('data-state', 'training', { timeout: 120_000 });

  // Watch it learn; asking goes on meanwhile.
  await expect(run.getByRole('img', { name: /Kurva loss/ })).toHaveAccessibleDescription(/Setelah \d+ dari 200 langkah/);
  await pupil(page).getByRole('textbox', { name: 'Pertanyaan' }).fill(FACTS[0].wordings[0]);
  await page.keyboard.press('Enter');
  await expect(pupil(page).getByTestId('step-answer')).not.toBeEmpty();
  const id = (await (await request.get('/api/training')).json()).runs[0].id;
  await expect.poll(async () => (await (await request.get(`/api/training/${id}`)).json()).progress.loss, { timeout: 200_000 }).toBeLessThan(0.1);

  // Stop: the last step is kept. Asked in trained words: stopped in its haste it may mix its facts up, but what it says comes from them.
  await run.getByRole('button', { name: 'Hentikan' }).click();
  await expect(run).toHaveAttribute('data-state', 'stopped');
  await expect(pupil(page)).toContainText(/di langkah \d+/);
  await expect(pupil(page).getByTestId('step-answer')).toContainText(TAUGHT);

  // Before the first step nobody knew.
  await knob(page).focus();
  await page.keyboard.press('Home');
  await expect(pupil(page).locator('[data-phase=done]')).toBeVisible();
  await expect(pupil(page).getByTestId('step-answer')).not.toContainText(TAUGHT);

  await run.getByRole('button', { name: 'Hapus', exact: true }).click();
  await run.getByRole('button', { name: 'Ya, hapus' }).click();
  await expect(run).toBeHidden();
  expect((await (await request.get('/api/training')).json()).runs).toEqual([]);
  expect((await request.delete('/api/examples?workspace=pajak')).ok()).toBe(true);
});
