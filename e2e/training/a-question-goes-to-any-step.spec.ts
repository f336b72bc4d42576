import { expect, test, type Request } from 'playwright/test';
import { beginAnew, knob, pupil, startRun, stepsOf, untilState } from './page-model.ts';

// A training's process takes a while to start on a busy machine.
test.describe.configure({ timeout: 120_000 });

let steps = 0;

test.beforeAll(async ({ request }) => {
  await beginAnew(request);
  const { id } = await startRun(request, 'pelajaran', { epochs: 2, batchSize: 16 });
  await untilState(request, id, 'finished');
  steps = await stepsOf(request, id);
});

test.beforeEach(async ({ page }) => void (await page.goto('/training')));

const asksWith = (request: Request): { adapter?: string; strength?: number; question?: string } => request.postDataJSON();

test('the same question goes to every step the knob stands on', async ({ page }) => {
  const asked = page.waitForRequest('**/api/fine-tuned');
  await pupil(page).getByRole('button', { name: 'Tanya', exact: true }).click();
  expect(asksWith(await asked).adapter).toMatch(new RegExp(`^run-[a-z0-9]{8}@${steps}$`));
  await expect(pupil(page).getByTestId('step-answer')).not.toBeEmpty();
  await expect(pupil(page)).toContainText('Kunci:');
  // Only a finished answer is remembered.
  await expect(pupil(page).locator('[data-phase=done]')).toBeVisible();

  // To the first stop: before anything was taught, the base model answers.
  const base = page.waitForRequest('**/api/base');
  await knob(page).focus();
  await page.keyboard.press('Home');
  expect(asksWith(await base)).not.toHaveProperty('adapter');
  await expect(knob(page)).toHaveAttribute('aria-valuetext', 'sebelum langkah pertama, belum diajari');
  await expect(pupil(page)).toContainText('sebelum langkah pertama');
  await expect(pupil(page).locator('[data-phase=done]')).toBeVisible();

  // One stop on: a checkpoint by its name.
  const first = page.waitForRequest('**/api/fine-tuned');
  await page.keyboard.press('ArrowRight');
  const { adapter } = asksWith(await first);
  expect(Number(adapter!.split('@')[1])).toBeLessThan(steps);
  await expect(pupil(page).locator('[data-phase=done]')).toBeVisible();

  // Back to the last one: its answer is known and is not asked for again.
  let again = 0;
  page.on('request', (request) => void (again += Number(request.url().endsWith('/api/fine-tuned'))));
  await page.keyboard.press('End');
  await expect(pupil(page).locator('[data-phase=done]')).toBeVisible();
  expect(again).toBe(0);
});

test('moving on ends the answer under way', async ({ page }) => {
  await pupil(page).getByRole('textbox', { name: 'Pertanyaan' }).fill('Jawab dengan lambat');
  await page.keyboard.press('Enter');
  await expect(pupil(page).getByTestId('step-answer')).toContainText('Pajak dihitung');
  const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/fine-tuned'));
  await knob(page).focus();
  await page.keyboard.press('ArrowLeft');
  await ended;
});

test('two steps stand side by side, and the strength is part of the question', async ({ page }) => {
  await pupil(page).getByRole('button', { name: 'Tanya', exact: true }).click();
  await page.getByRole('button', { name: 'Bandingkan dengan langkah lain' }).click();
  await expect(page.getByRole('slider', { name: 'Bandingkan dengan langkah' })).toHaveAttribute('aria-valuenow', '0');
  await expect(pupil(page).getByTestId('step-answer')).toHaveCount(2);
  await expect(pupil(page).locator('[data-phase=done]')).toHaveCount(2);
  await page.getByRole('button', { name: 'Akhiri perbandingan' }).click();

  const asked = page.waitForRequest('**/api/fine-tuned');
  const strength = pupil(page).getByRole('slider', { name: 'Kekuatan ajaran' });
  await strength.focus();
  await page.keyboard.press('Home');
  expect(asksWith(await asked).strength).toBe(0);
  await expect(pupil(page)).toContainText('Di 0 ajaran ini hilang sama sekali, sampai bit terakhir.');
});

test('all steps are leafed through, and the answers are kept side by side', async ({ page }) => {
  await pupil(page).getByRole('button', { name: 'Tanya', exact: true }).click();
  await pupil(page).getByRole('button', { name: 'Balik semua langkah' }).click();
  await expect(knob(page)).toHaveAttribute('aria-valuenow', '0');
  await expect(knob(page)).toHaveAttribute('aria-valuenow', String(steps), { timeout: 60_000 });
  await expect(pupil(page).getByRole('button', { name: 'Balik semua langkah' })).toBeVisible();
  await expect(pupil(page).getByRole('listitem').filter({ hasText: 'sebelum' })).toBeVisible();
});
