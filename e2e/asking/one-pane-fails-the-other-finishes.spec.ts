import { expect, test } from 'playwright/test';
import { answer, ask, pane } from '../page-model.ts';

test('one pane fails, the other finishes', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Adapter rusak?');
  const failed = pane(page, 'Hafalan');
  // The failed pane says what is wrong and the command that mends it.
  await expect(failed.getByText('No adapter "pajak" in models/adapters')).toBeVisible();
  await expect(failed.getByText('npm run finetune -- --name pajak')).toBeVisible();
  await expect(answer(pane(page, 'Buka buku'))).toHaveText(/tetap menjawab walaupun yang lain gagal/);
  await expect(pane(page, 'Buka buku')).toHaveAttribute('data-phase', 'done');
  // Trying again asks only the one that failed.
  const asked: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));
  await failed.getByRole('button', { name: 'Coba lagi' }).click();
  await expect(failed).toHaveAttribute('data-phase', 'failed');
  await expect.poll(() => asked).toEqual(['/api/fine-tuned']);
});
