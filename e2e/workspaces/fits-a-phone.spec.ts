import { expect, test } from 'playwright/test';

test.use({ viewport: { width: 390, height: 844 } });

test('the page of workspaces fits a phone', async ({ page }) => {
  await page.goto('/workspaces');
  await expect(page.getByRole('button', { name: 'Buat ruang kerja' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  // The first step of the keyboard leads past the header.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Langsung ke isi halaman' })).toBeFocused();
});
