import { expect, test } from 'playwright/test';

test('the language is switched, announced to the browser, and kept', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'id');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Satu pertanyaan, dua jawaban.');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One question, two answers.');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('rowheader', { name: 'Data scalability' })).toBeVisible();
  // The server already draws the chosen language.
  const html = await (await page.context().request.get('/')).text();
  expect(html).toContain('<html lang="en"');
  expect(html).toContain('When to choose which?');
  // The title of a page is in its language from the moment that is switched.
  await page.goto('/training');
  await expect(page).toHaveTitle('Teach · Dua Jawaban');
  await page.getByRole('button', { name: 'Bahasa Indonesia' }).click();
  await expect(page).toHaveTitle('Ajari · Dua Jawaban');
});

test('the theme follows the system until one is chosen, without a flash', async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const light = await paper();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.getByRole('button', { name: 'Terang' }).click();
  expect(await paper()).toBe(light);
  const html = await (await page.context().request.get('/')).text();
  expect(html).toContain('data-theme="light"');
});
