import { expect, type APIRequestContext, type Locator, type Page } from 'playwright/test';
import type { TrainingOverview, TrainingRequest, TrainingRunSummary } from '@/lib/messages/training.ts';

/** A page that trains starts from nothing: no runs, no adapters of one's own, the examples as they ship. */
export async function beginAnew(request: APIRequestContext): Promise<void> {
  const { runs }: TrainingOverview = await (await request.get('/api/training')).json();
  for (const { id } of runs) expect((await request.delete(`/api/training/${id}`)).ok()).toBe(true);
  expect((await request.delete('/api/examples?workspace=pajak')).ok()).toBe(true);
  await request.post('/api/adapters/pajak/use', { data: { workspace: 'pajak' } });
  const { adapters } = await (await request.get('/api/adapters')).json();
  for (const { name, origin } of adapters) if (origin === 'own') expect((await request.delete(`/api/adapters/${name}`)).ok()).toBe(true);
}

/** Starts a run without the page: one epoch in a few large steps unless told otherwise. */
export async function startRun(request: APIRequestContext, name: string, settings: TrainingRequest['settings'] = { epochs: 1, batchSize: 32 }, startedBy = ''): Promise<TrainingRunSummary> {
  const response = await request.post('/api/training', { data: { name, workspace: 'pajak', settings, ...(startedBy && { startedBy }) } });
  expect(response.status()).toBe(201);
  return response.json();
}

/** Waits until a run has come this far; on a busy machine its process takes a while to start. */
export async function untilState(request: APIRequestContext, id: string, state: TrainingRunSummary['state']): Promise<void> {
  await expect.poll(async () => (await (await request.get(`/api/training/${id}`)).json()).state, { timeout: 90_000 }).toBe(state);
}

export const stepsOf = async (request: APIRequestContext, id: string): Promise<number> => (await (await request.get(`/api/training/${id}`)).json()).progress.steps;

/** The left page: the training. */
export const lesson = (page: Page, name: string): Locator => page.getByRole('article', { name });
/** The right page: who is asked. */
export const pupil = (page: Page): Locator => page.getByRole('article', { name: /^(Hafalan|Tanpa belajar)/ });
export const knob = (page: Page): Locator => page.getByRole('slider', { name: 'Tanya di langkah' }).first();
export const setting = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

/** Opens the settings and makes the training a short one. */
export async function makeShort(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pengaturan' }).click();
  await setting(page, 'Epoch').fill('1');
  await setting(page, 'Contoh per langkah').fill('32');
}
