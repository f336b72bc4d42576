import { expect, test } from 'playwright/test';
import { askAndWait, pane } from '../page-model.ts';

test('what the server has just drawn is not asked for again, before a question changes it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => new URL(request.url()).pathname === '/api/comparison' && asked.push(request.url()));
  await page.goto('/', { waitUntil: 'networkidle' });
  await expect(pane(page, 'Buka buku').getByText(/potongan dalam indeks/)).toBeVisible();
  expect(asked).toEqual([]);
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  await expect.poll(() => asked.length).toBe(1);
});
