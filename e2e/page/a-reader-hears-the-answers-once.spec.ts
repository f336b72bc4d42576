import { expect, test } from 'playwright/test';
import { ask } from '../page-model.ts';

test('a screen reader hears the beginning and each whole answer, not every word', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => heard.push(document.querySelector('[role=status]')!.textContent!)).observe(document.querySelector('[role=status]')!, { childList: true, characterData: true, subtree: true });
  });
  await ask(page, 'Apa perbedaan PPN dan PPh?');
  await expect(page.locator('article[data-phase=done]')).toHaveCount(2);
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  await expect.poll(async () => (await heard()).length).toBe(3);
  expect((await heard())[0]).toBe('Sedang menjawab: Buka buku, Hafalan.');
  expect((await heard()).slice(1).join(' ')).toContain('Hafalan selesai: PPN adalah pajak atas konsumsi');
});
