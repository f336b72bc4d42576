import { expect, test } from 'playwright/test';
import { answer, askAndWait, pane } from '../page-model.ts';

test('text from questions, documents and models is never HTML', async ({ page }) => {
  await page.goto('/');
  await askAndWait(page, '<script>document.title="broken"</script> <b>tebal</b>');
  await expect(answer(pane(page, 'Buka buku'))).toContainText('<img src=x onerror=');
  await expect(answer(pane(page, 'Hafalan'))).toContainText('<script>document.title="broken"</script> **bukan HTML**');
  await expect(pane(page, 'Buka buku').getByRole('button', { name: 'Buka dokumen <b>PPN</b>' }).first()).toHaveText('<b>PPN</b>');
  await expect(page.locator('main img')).toHaveCount(0);
  await expect(page).toHaveTitle('Dua Jawaban');
});
