import { expect, test } from 'playwright/test';
import { tooFaint } from '../contrast.ts';
import { beginAnew, pupil, startRun, untilState } from './page-model.ts';

// A training's process takes a while to start on a busy machine.
test.describe.configure({ timeout: 120_000 });

test.beforeAll(async ({ request }) => {
  await beginAnew(request);
  const { id } = await startRun(request, 'sebuah-nama-yang-panjang-sekali-untuk-sebuah-adapter', { epochs: 1, batchSize: 32 });
  await untilState(request, id, 'finished');
});

for (const theme of ['light', 'dark'] as const) {
  test(`every text stands out from its ground, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto('/training');
    await pupil(page).getByRole('button', { name: 'Tanya', exact: true }).click();
    await expect(pupil(page).locator('[data-phase=done]')).toBeVisible();
    await page.getByRole('button', { name: 'Pengaturan' }).click();
    expect(await tooFaint(page)).toEqual([]);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
}

for (const width of [360, 390]) {
  test(`nothing sticks out at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 });
    await page.goto('/training');
    await pupil(page).getByRole('button', { name: 'Tanya', exact: true }).click();
    await page.getByRole('button', { name: 'Pengaturan' }).click();
    await page.getByRole('button', { name: 'Kartu' }).first().click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    // Where the curve is out of sight, the knob stands beside the question too.
    await expect(page.getByRole('slider', { name: 'Tanya di langkah' })).toHaveCount(2);
  });
}

test('the page is drawn by the server and does not jump', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { shifted: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) (window as unknown as { shifted: number }).shifted += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const html = await (await page.request.get('/training')).text();
  expect(html).toContain('Ajarkan');
  expect(html).toContain('sebuah-nama-yang-panjang-sekali');
  await page.goto('/training');
  await page.waitForTimeout(1500);
  expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBeLessThan(0.05);
});
