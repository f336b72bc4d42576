import { expect, test } from 'playwright/test';
import { tooFaint } from '../contrast.ts';
import { ask, askAndWait } from '../page-model.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`every text stands out from its ground at least 4.5 to 1, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto('/');
    expect(await tooFaint(page)).toEqual([]);
    await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
    expect(await tooFaint(page)).toEqual([]);
    await ask(page, 'Adapter rusak?');
    await expect(page.locator('article[data-phase=failed]')).toHaveCount(1);
    expect(await tooFaint(page)).toEqual([]);
  });
}
