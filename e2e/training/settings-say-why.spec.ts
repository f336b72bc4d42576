import { expect, test } from 'playwright/test';
import { beginAnew, setting } from './page-model.ts';

test('settings have reasons and defaults, refuse what cannot be, and go back', async ({ page, request }) => {
  await beginAnew(request);
  await page.goto('/training');
  const form = page.getByRole('form', { name: 'Mulai latihan' });
  const time = await form.getByText(/Kira-kira/).innerText();
  await form.getByRole('button', { name: 'Pengaturan' }).click();
  const epochs = setting(page, 'Epoch');
  const usual = await epochs.inputValue();
  await expect(epochs).toHaveAccessibleDescription(/Berapa kali setiap contoh dilihat/);

  // The estimate follows the settings.
  await epochs.fill('60');
  await expect(form.getByText(/Kira-kira/)).not.toHaveText(time);
  await expect(epochs).toHaveAccessibleDescription(new RegExp(`Bawaan: ${usual}\\.`));
  await expect(form).toContainText('1 diubah');

  // What cannot be is said before anything is sent.
  await epochs.fill('1000');
  await expect(epochs).toHaveAccessibleDescription(/Bilangan bulat dari 1 sampai 100/);
  await form.getByRole('button', { name: 'Mulai mengajar' }).click();
  expect((await (await request.get('/api/training')).json()).runs).toEqual([]);

  await form.getByRole('button', { name: 'Kembalikan semua ke bawaan' }).click();
  await expect(epochs).toHaveValue(usual);

  // A name that no folder could have.
  await setting(page, 'Nama adapter').fill('../luar');
  await expect(form).toContainText('Nama terdiri atas');
  await expect(form.getByRole('button', { name: 'Mulai mengajar' })).toBeDisabled();
});
