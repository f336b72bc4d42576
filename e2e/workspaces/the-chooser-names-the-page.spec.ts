import { expect, test } from 'playwright/test';
import { questionBox } from '../page-model.ts';
import { choose, chooser } from './page-model.ts';

const TAX = 'Tulis pertanyaan tentang pajak…';

test('another tab’s choice does not change what this tab is about', async ({ page, context }) => {
  test.setTimeout(120_000);
  await page.goto('/');
  await expect(chooser(page)).toHaveValue('pajak');
  const other = await context.newPage();
  await other.goto('/');
  await choose(other, 'handbook');
  await page.getByRole('link', { name: 'Rapor' }).click();
  await expect(page).toHaveURL(/\/evaluation\?workspace=pajak/);
  await expect(chooser(page)).toHaveValue('pajak');
  // The other tab asks on about what it shows, too.
  await expect(chooser(other)).toHaveValue('handbook');
  await expect(questionBox(other)).not.toHaveAttribute('placeholder', TAX);
});

test('going back to a bare address, the chooser goes back as well', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/');
  await choose(page, 'handbook');
  await expect(questionBox(page)).not.toHaveAttribute('placeholder', TAX);
  await expect(chooser(page)).toHaveValue('handbook');
  await page.goBack();
  await expect(page).not.toHaveURL(/workspace=/);
  // Whichever of the two the browser brings back, page and chooser name the same.
  await expect(async () => {
    const tax = (await questionBox(page).getAttribute('placeholder')) === TAX;
    expect(await chooser(page).inputValue()).toBe(tax ? 'pajak' : 'handbook');
  }).toPass({ timeout: 15_000 });
});
