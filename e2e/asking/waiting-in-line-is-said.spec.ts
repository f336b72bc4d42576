import { expect, test } from 'playwright/test';
import { ask, pane } from '../page-model.ts';

test('an answer that waits in line says its place', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Apakah ada antrean?');
  await expect(pane(page, 'Hafalan').getByText('mengantre, urutan ke-2')).toBeVisible();
  await expect(pane(page, 'Hafalan')).toHaveAttribute('data-phase', 'done');
});
