import { expect, test } from 'playwright/test';
import { ask, pane } from '../page-model.ts';

test('a changed document is read by the next answer, the taught model keeps what it learned', async ({ page, request }) => {
  const path = '/api/documents/ppn-tarif';
  const document = await (await request.get(path)).json();
  const changed = document.text.replaceAll('12%', '13%');
  expect(changed).not.toBe(document.text);
  const saved = await request.put(path, { data: { text: changed }, headers: { origin: new URL((await request.get('/')).url()).origin } });
  expect(saved.ok()).toBe(true);

  await page.goto('/');
  await ask(page, 'Berapa tarif umum PPN sekarang?');
  await expect(page.locator('article[data-phase=done]')).toHaveCount(2);
  await expect(pane(page, 'Buka buku').getByText(/13%/).first()).toBeVisible();
  await expect(pane(page, 'Hafalan').getByText(/12%/).first()).toBeVisible();
});
