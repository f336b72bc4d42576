import { expect, test } from 'playwright/test';
import { beginAnew, knob, lesson, makeShort, pupil, setting, startRun, stepsOf, untilState } from './page-model.ts';

// A training's process takes a while to start on a busy machine.
test.describe.configure({ timeout: 120_000 });

test.beforeEach(({ request }) => beginAnew(request));

test('a training is started in one sentence, watched to its end, and leaves an adapter', async ({ page, request }) => {
  await page.goto('/training');
  await expect(page.getByText('Belum ada yang diajarkan di sini')).toBeVisible();
  const form = page.getByRole('form', { name: 'Mulai latihan' });
  await expect(form).toContainText(/Ajarkan \d+ contoh dari/);
  await expect(form).toContainText(/Kira-kira .+ dihitung dari “.+”/);
  await makeShort(page);
  await setting(page, 'Siapa yang mengajar?').fill('Ani');
  await setting(page, 'Nama adapter').fill('percobaan');
  // The exam is short: on a busy machine it would be over before the next look.
  const shown = await page.evaluateHandle(() => {
    const lines: string[] = [];
    new MutationObserver(() => {
      const run = document.querySelector<HTMLElement>('article[data-state]');
      if (run) lines.push(`${run.dataset.state} ${run.querySelector('[role=status]')?.parentElement?.textContent}`);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    return lines;
  });
  await form.getByRole('button', { name: 'Mulai mengajar' }).click();

  // The curve is drawn while it goes on.
  const run = lesson(page, 'percobaan');
  await expect(run).toContainText('dimulai oleh Ani');
  await expect(run).toHaveAttribute('data-state', 'training', { timeout: 60_000 });
  await expect(run.getByRole('img', { name: /Kurva loss/ })).toHaveAccessibleDescription(/Setelah \d+ dari \d+ langkah/);
  await expect(run.getByText(/sudah 0:0\d/)).toBeVisible();
  await expect(run).toHaveAttribute('data-state', 'finished', { timeout: 60_000 });
  expect((await shown.jsonValue()).join('\n')).toMatch(/^evaluating .*mengerjakan ujian \d+ dari 2\d\d/m);
  await expect(run).toContainText('50% dijawab tepat sama, dan 75% tepat sama atau');
  const { runs } = await (await request.get('/api/training')).json();
  const steps = await stepsOf(request, runs[0].id);
  await expect(knob(page)).toHaveAttribute('aria-valuenow', String(steps));
  await expect(pupil(page)).toContainText(`di langkah ${steps}`);

  // What came out is in the list with its card, and can be told from the one that ships.
  const adapter = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'percobaan' }) });
  await expect(adapter).toContainText('milik Anda');
  await adapter.getByRole('button', { name: 'Kartu' }).click();
  await expect(adapter).toContainText('hash contoh');
  await expect(adapter.getByRole('link', { name: 'Ekspor untuk PEFT' })).toHaveAttribute('href', '/api/adapters/percobaan/export');
});

test('the curve is read with the keyboard, as a table, and on a logarithmic scale', async ({ page, request }) => {
  const { id } = await startRun(request, 'kurva');
  await untilState(request, id, 'finished');
  await page.goto('/training');
  const cursor = page.getByRole('slider', { name: 'Baca kurva langkah demi langkah' });
  await cursor.focus();
  await page.keyboard.press('Home');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^Langkah 1: loss \d,\d{3}/);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^Langkah 2: loss/)).toBeVisible();
  const table = page.getByRole('region', { name: 'Kurva sebagai tabel' });
  await expect(async () => {
    if (!(await table.isVisible())) await page.getByText('Kurva sebagai tabel').click();
    await expect(table).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(table.getByRole('rowheader', { name: String(await stepsOf(request, id)), exact: true })).toBeAttached();
  await page.getByRole('button', { name: 'log', exact: true }).click();
  await expect(page.getByRole('button', { name: 'log', exact: true })).toHaveAttribute('aria-pressed', 'true');
});
