import { expect, test } from 'playwright/test';
import { tooFaint } from '../contrast.ts';
import { keepRun } from './runs.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`nothing of the report sticks out at 390 pixels, and all of it can be read, ${theme}`, async ({ page }) => {
    await keepRun('long-words', 0, (rows) => rows.map((row) => ({ ...row, question: `${row.question} ${'x'.repeat(300)} <b>tebal</b>` })));
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/evaluation?run=long-words');
    await expect(page.getByRole('region', { name: 'Di mana keduanya berbeda' }).getByRole('heading', { level: 3 })).toHaveCount(4);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await tooFaint(page)).toEqual([]);
    // Text of questions is text.
    await expect(page.locator('main b')).toHaveCount(0);
  });
}
