import { expect, test } from 'playwright/test';
import { askAndWait, pane } from '../page-model.ts';

test('a citation opens its document with the passage marked', async ({ page }) => {
  await page.goto('/');
  await askAndWait(page, 'Apa perbedaan PPN dan PPh?');
  const rag = pane(page, 'Buka buku');
  // The supporting sentence is marked in the passage, with its scores.
  await expect(rag.locator('mark').first()).toHaveText('PPN dikenakan atas konsumsi barang dan jasa kena pajak di dalam negeri.');
  await expect(rag.getByText('0,891')).toBeVisible();
  // The number behind the sentence opens the whole document.
  const citation = rag.getByRole('button', { name: 'Potongan 1: Pajak Pertambahan Nilai' });
  await citation.click();
  const dialog = page.getByRole('dialog', { name: 'Pajak Pertambahan Nilai' });
  await expect(dialog.getByText('UU PPN Pasal 4 ayat (1)')).toBeVisible();
  await expect(dialog.locator('mark')).toContainText('PPN dikenakan atas konsumsi');
  // Escape closes it and returns the focus.
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(citation).toBeFocused();
});
