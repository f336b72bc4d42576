import { expect, test } from 'playwright/test';
import { ask } from '../page-model.ts';

test('nothing moves by itself for those who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await ask(page, 'Jawab dengan lambat');
  await expect(page.locator('article[data-phase=writing]')).toHaveCount(2);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await page.getByRole('button', { name: 'Hentikan' }).click();
});

for (const [reducedMotion, behavior] of [['reduce', 'auto'], ['no-preference', 'smooth']] as const)
  test(`the answers come into view as motion is wanted: ${reducedMotion}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion });
    await page.setViewportSize({ width: 390, height: 780 });
    await page.addInitScript(() => {
      const scrolled: unknown[] = [];
      Object.assign(window, { scrolled });
      Element.prototype.scrollIntoView = (options) => void scrolled.push(options);
    });
    await page.goto('/');
    await ask(page, 'Apa perbedaan PPN dan PPh?');
    await expect.poll(() => page.evaluate(() => (window as unknown as { scrolled: unknown[] }).scrolled)).toContainEqual({ block: 'start', behavior });
  });
