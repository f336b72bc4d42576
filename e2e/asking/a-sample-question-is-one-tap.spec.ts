import { expect, test } from 'playwright/test';
import { answer, pane, questionBox } from '../page-model.ts';

test('a sample question is one tap', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('list', { name: 'Contoh pertanyaan' }).getByRole('button', { name: 'Apa perbedaan PPN dan PPh?' }).click();
  await expect(questionBox(page)).toHaveValue('Apa perbedaan PPN dan PPh?');
  await expect(answer(pane(page, 'Buka buku'))).toContainText('PPN dikenakan atas konsumsi');
  await expect(answer(pane(page, 'Hafalan'))).toContainText('PPN adalah pajak atas konsumsi');
});
