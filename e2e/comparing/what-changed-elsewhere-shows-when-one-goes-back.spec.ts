import { expect, test } from 'playwright/test';
import { pane } from '../page-model.ts';

test('what changed while another page was open shows when one goes back', async ({ page, request }) => {
  await page.goto('/');
  const index = pane(page, 'Buka buku').getByText(/potongan dalam indeks/);
  await expect(index).toHaveText('3 dokumen, 3 potongan dalam indeks');
  await page.getByRole('link', { name: 'Ajari', exact: true }).click();
  await page.waitForURL(/\/training/);
  await request.put('/api/documents/sementara', { data: { text: 'Isi sementara.' } });
  try {
    await page.goBack();
    await expect(index).toHaveText('4 dokumen, 4 potongan dalam indeks');
  } finally {
    await request.delete('/api/documents/sementara');
  }
});
