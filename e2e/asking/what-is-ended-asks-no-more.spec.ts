import { expect, test } from 'playwright/test';
import { answer, ask, pane } from '../page-model.ts';

test('a slider that has just moved asks nothing after a stop', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Jawab dengan lambat');
  const taught = pane(page, 'Hafalan');
  await expect(answer(taught)).toContainText('Pajak');
  const asked: unknown[] = [];
  page.on('request', (request) => request.method() === 'POST' && asked.push(request.postDataJSON()));
  // Both at once: the slider has not rested when the answers are stopped.
  await taught.getByRole('slider', { name: 'Kekuatan ajaran' }).evaluate((slider: HTMLInputElement) => {
    // React keeps a setter of its own on the element, which would hide the change from it.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(slider, '0.5');
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    [...document.querySelectorAll('button')].find((button) => button.textContent === 'Hentikan')!.click();
  });
  await expect(page.locator('article[data-phase=cancelled]')).toHaveCount(2);
  await page.waitForTimeout(600);
  expect(asked).toEqual([]);
  await expect(page.locator('article[data-phase=cancelled]')).toHaveCount(2);
});

test('putting a pane away ends its answer', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Jawab dengan lambat');
  const stop = page.getByRole('button', { name: 'Hentikan' });
  await stop.click();
  await expect(stop).toBeHidden();
  const untaught = page.getByRole('group', { name: 'Bandingkan juga dengan' }).getByRole('button', { name: /^Tanpa belajar/ });
  await untaught.click();
  await expect(page.getByRole('article', { name: /^Tanpa belajar/ })).toHaveAttribute('data-phase', 'writing');
  await expect(stop).toBeVisible();
  await untaught.click();
  await expect(stop).toBeHidden();
});
