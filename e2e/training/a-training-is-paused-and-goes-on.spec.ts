import { expect, test } from 'playwright/test';
import { beginAnew, lesson, startRun, untilState } from './page-model.ts';

// A training's process takes a while to start on a busy machine.
test.describe.configure({ timeout: 120_000 });

test.beforeEach(({ request }) => beginAnew(request));

test('a training is paused, outlives a reload, goes on, is stopped and deleted', async ({ page, request }) => {
  const { id } = await startRun(request, 'panjang', { epochs: 20 });
  await untilState(request, id, 'training');
  await page.goto('/training');
  const run = lesson(page, 'panjang');
  await run.getByRole('button', { name: 'Jeda' }).click();
  await expect(run).toHaveAttribute('data-state', 'paused', { timeout: 20_000 });
  await page.reload();
  await expect(run).toHaveAttribute('data-state', 'paused');
  await run.getByRole('button', { name: 'Lanjutkan' }).click();
  await expect(run).toHaveAttribute('data-state', 'training', { timeout: 60_000 });
  await run.getByRole('button', { name: 'Hentikan' }).click();
  await expect(run).toHaveAttribute('data-state', 'stopped', { timeout: 20_000 });
  // Deleting asks once more; Escape keeps it.
  await run.getByRole('button', { name: 'Hapus', exact: true }).click();
  await expect(run.getByRole('button', { name: 'Tidak' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(run.getByRole('button', { name: 'Hapus', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await run.getByRole('button', { name: 'Ya, hapus' }).click();
  await expect(run).toBeHidden();
  await expect(page.getByText('Belum ada yang diajarkan di sini')).toBeFocused();
});

test('two tabs show the same training, and what one does the other sees', async ({ context, request }) => {
  const { id } = await startRun(request, 'bersama', { epochs: 20 });
  await untilState(request, id, 'training');
  const [one, other] = [await context.newPage(), await context.newPage()];
  await one.goto('/training');
  await other.goto('/training');
  await lesson(one, 'bersama').getByRole('button', { name: 'Jeda' }).click();
  await expect(lesson(other, 'bersama')).toHaveAttribute('data-state', 'paused', { timeout: 20_000 });
  await lesson(other, 'bersama').getByRole('button', { name: 'Hentikan' }).click();
  await one.bringToFront();
  await expect(lesson(one, 'bersama')).toHaveAttribute('data-state', 'stopped', { timeout: 20_000 });
});

test('the second to start is told who is first and waits', async ({ page, request }) => {
  const first = await startRun(request, 'pertama', { epochs: 20 }, 'Budi');
  await untilState(request, first.id, 'training');
  await page.goto('/training');
  const form = page.getByRole('form', { name: 'Mulai latihan' });
  await expect(form).toContainText('Budi sedang mengajarkan “pertama”');
  await form.getByRole('textbox', { name: 'Nama adapter' }).fill('kedua');
  await form.getByRole('button', { name: 'Ikut antre' }).click();
  const second = lesson(page, 'kedua');
  await expect(second).toHaveAttribute('data-state', 'queued');
  await expect(second).toContainText('Urutan ke-1, di belakang “pertama” milik Budi');
  await second.getByRole('button', { name: 'Keluar dari antrean' }).click();
  await expect(second).toHaveAttribute('data-state', 'stopped');
});
