import { expect, test } from 'playwright/test';
import { answer, askAndWait, pane } from '../page-model.ts';

test('long answers wrap, and the figures of both panes stay level', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/');
  await askAndWait(page, `Jawab yang panjang ${'tanpaspasi'.repeat(30)}`);
  expect((await answer(pane(page, 'Hafalan')).innerText()).length).toBeGreaterThan(2000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
  const levels = await page.getByRole('region', { name: 'Waktu' }).evaluateAll((regions) => regions.map((region) => region.getBoundingClientRect().top));
  expect(levels).toHaveLength(2);
  expect(levels[0]).toBe(levels[1]);
});
