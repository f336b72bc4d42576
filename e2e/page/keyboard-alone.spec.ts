import { expect, test } from 'playwright/test';
import { questionBox } from '../page-model.ts';

test('everything can be done with the keyboard alone', async ({ page }) => {
  await page.goto('/');
  // The first stop leads to the question.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Langsung ke pertanyaan' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await questionBox(page).focus();
  await page.keyboard.type('Apa perbedaan PPN dan PPh?');
  await page.keyboard.press('Enter');
  await expect(page.locator('article[data-phase=done]')).toHaveCount(2);
  // From there to the first citation, into the document, into its text, and out.
  await tabTo('Potongan 1: Pajak Pertambahan Nilai');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await tabTo('Ubah teks');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  /** Presses Tab until the control of this name has a focus ring that can be seen. */
  async function tabTo(name: string) {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        return { name: element.getAttribute('aria-label') ?? element.textContent, ring: getComputedStyle(element).outlineStyle };
      });
      if (focused.name !== name) continue;
      expect(focused.ring).toBe('solid');
      return;
    }
    throw new Error(`Tab never reached "${name}"`);
  }
});
