import { expect, test } from 'playwright/test';
import { questionBox } from '../page-model.ts';
import { choose, make, makeForm, OFFICE, removeAll } from './page-model.ts';

test.afterEach(({ page }) => removeAll(page));

test('the chosen workspace is kept, and a link restores it elsewhere', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  await page.goto('/workspaces');
  await make(page, 'Kantor', OFFICE);
  await expect(makeForm(page).getByText('siap: 2 dokumen')).toBeVisible({ timeout: 60_000 });
  // Chosen in the header, it is there on every page and after a reload.
  await choose(page, 'kantor');
  await page.goto('/');
  await expect(questionBox(page)).toHaveAttribute('placeholder', 'Tanyakan sesuatu tentang Kantor…');
  // The link alone does it in another browser.
  const elsewhere = await (await browser.newContext({ baseURL, locale: 'id-ID' })).newPage();
  await elsewhere.goto('/?workspace=kantor');
  await expect(questionBox(elsewhere)).toHaveAttribute('placeholder', 'Tanyakan sesuatu tentang Kantor…');
  await choose(elsewhere, 'pajak');
  await expect(questionBox(elsewhere)).toHaveAttribute('placeholder', 'Tulis pertanyaan tentang pajak…', { timeout: 15_000 });
  await elsewhere.context().close();
});
