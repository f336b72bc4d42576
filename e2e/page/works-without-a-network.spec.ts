import { expect, test } from 'playwright/test';
import { askAndWait } from '../page-model.ts';

test('everything comes from the page’s own server, and nothing breaks', async ({ page, baseURL }) => {
  const elsewhere: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => !request.url().startsWith(baseURL!) && elsewhere.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('/');
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  expect(await page.evaluate(() => [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family.replaceAll('"', '')).sort())).toEqual(
    expect.arrayContaining(['Bricolage Grotesque Variable', 'Source Serif 4 Variable']),
  );
  expect(elsewhere).toEqual([]);
  expect(errors).toEqual([]);
});
