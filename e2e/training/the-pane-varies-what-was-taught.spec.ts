import { expect, test } from 'playwright/test';
import { answer, askAndWait, pane, row } from '../page-model.ts';
import { beginAnew, startRun, untilState } from './page-model.ts';

// A training's process takes a while to start on a busy machine.
test.describe.configure({ timeout: 120_000 });

test('the strength changes the answer as it moves, and is not measured', async ({ page }) => {
  await page.goto('/');
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  const taught = pane(page, 'Hafalan');
  const slider = taught.getByRole('slider', { name: 'Kekuatan ajaran' });
  await expect(slider).toHaveValue('1');
  const asked = page.waitForRequest('**/api/fine-tuned');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  // Both presses make one question.
  expect((await asked).postDataJSON().strength).toBeCloseTo(0.9, 5);
  await expect(taught).toHaveAttribute('data-phase', 'done');
  await expect(answer(taught)).not.toBeEmpty();
  await expect(row(page, 'Konsep dasar').getByRole('cell').nth(1)).toContainText('n = 1');
  await page.keyboard.press('Home');
  await expect(taught).toContainText('Di 0 ajaran ini hilang sama sekali, sampai bit terakhir.');
  await taught.getByRole('button', { name: 'Kembali seperti yang diajarkan' }).click();
  await expect(slider).toHaveValue('1');
});

test('any step of a training answers in the pane', async ({ page, request }) => {
  await beginAnew(request);
  const { id } = await startRun(request, 'sumber', { epochs: 2, batchSize: 16 });
  await untilState(request, id, 'finished');
  await page.goto('/');
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  const taught = pane(page, 'Hafalan');
  await taught.getByRole('button', { name: 'Jawab dengan ajaran lain' }).click();
  const asked = page.waitForRequest('**/api/fine-tuned');
  await taught.getByRole('combobox', { name: 'Diajari oleh' }).selectOption(id);
  expect((await asked).postDataJSON().adapter).toMatch(new RegExp(`^${id}@\\d+$`));
  const earlier = page.waitForRequest('**/api/fine-tuned');
  await taught.getByRole('slider', { name: 'Tanya di langkah' }).press('Home');
  expect((await earlier).postDataJSON().adapter).not.toBe((await asked).postDataJSON().adapter);
  await expect(taught).toHaveAttribute('data-phase', 'done');
});

test('the two missing arms are one press away', async ({ page }) => {
  await page.goto('/');
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  const more = page.getByRole('group', { name: 'Bandingkan juga dengan' });
  const untaught = more.getByRole('button', { name: /^Tanpa belajar/ });
  await untaught.click();
  await more.getByRole('button', { name: /^Hafalan sambil buka buku/ }).click();
  await expect(page.locator('article[data-phase=done]')).toHaveCount(4);
  await expect(page.getByRole('columnheader', { name: /Tanpa belajar/ })).toBeVisible();
  // What answers there is not the bare base model, and it says so.
  await expect(page.getByRole('article', { name: /^Tanpa belajar/ })).toContainText('adapter pembaca');
  // What was taught and what was found: the pane tells both answers it had, and which of them stands.
  await expect(page.getByRole('article', { name: /^Hafalan sambil buka buku/ })).toContainText(/Dari potongan · dipakai.*86%.*Dari hafalan.*41%/);
  await expect(pane(page, 'Buka buku')).not.toContainText('Dijawab dua kali');
  await expect(page.getByRole('button', { name: 'Tanya semua' })).toBeVisible();
  await expect(untaught).toHaveAttribute('aria-pressed', 'true');
  await untaught.click();
  await expect(untaught).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('article[data-phase=done]')).toHaveCount(3);
});
