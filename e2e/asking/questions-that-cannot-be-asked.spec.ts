import { expect, test } from 'playwright/test';
import { ask, questionBox } from '../page-model.ts';

test('empty and over-long questions are not sent, and the box says why', async ({ page }) => {
  await page.goto('/');
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await ask(page, '   ');
  await expect(page.getByText('Tulis pertanyaan dahulu.')).toBeVisible();
  // Near the limit the box counts; beyond it, asking is closed.
  await questionBox(page).fill('a'.repeat(490));
  await expect(page.getByText('sisa 10 karakter')).toBeVisible();
  await questionBox(page).fill('a'.repeat(503));
  await expect(page.getByText('kelebihan 3 karakter')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Tanya keduanya' })).toBeDisabled();
  await questionBox(page).press('Enter');
  // Shift and Enter makes a line, not a question.
  await questionBox(page).fill('baris satu');
  await questionBox(page).press('Shift+Enter');
  await expect(questionBox(page)).toHaveValue('baris satu\n');
  expect(sent).toEqual([]);
});
