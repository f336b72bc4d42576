import { expect, test } from 'playwright/test';
import { askAndWait } from '../page-model.ts';

for (const width of [360, 390]) {
  test(`nothing sticks out at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 });
    await page.goto('/');
    await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    // Both answers come before what stands behind them, which opens with a tap.
    const show = page.getByRole('button', { name: 'Lihat yang di balik jawaban ini' });
    await expect(page.getByText('2 potongan yang dipakai')).toBeHidden();
    await show.first().click();
    await expect(page.getByText('2 potongan yang dipakai')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    // Each aspect of the table is a card with both answers in it.
    const card = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Fleksibilitas' }) });
    await expect(card.getByRole('cell').first()).toContainText('Buka buku');
    const [first, second] = await Promise.all([card.getByRole('cell').first().boundingBox(), card.getByRole('cell').nth(1).boundingBox()]);
    expect(second!.y).toBeGreaterThanOrEqual(first!.y + first!.height);
  });
}
