import { expect, test } from 'playwright/test';
import { answer, ask, pane } from '../page-model.ts';

test('both answers fill at the same time', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Jawab dengan lambat');
  // Both have words while neither has finished.
  await expect(answer(pane(page, 'Buka buku'))).toContainText('Pajak dihitung');
  await expect(answer(pane(page, 'Hafalan'))).toContainText('Pajak dihitung');
  await expect(page.locator('article[data-phase=writing]')).toHaveCount(2);
  // And they grow.
  const before = (await answer(pane(page, 'Hafalan')).innerText()).length;
  await expect.poll(async () => (await answer(pane(page, 'Hafalan')).innerText()).length).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Hentikan' }).click();
});
