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
