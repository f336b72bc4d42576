import type { Page } from 'playwright/test';

/** Texts whose contrast by WCAG 2 is under 4.5 (3 for large ones), painted colours taken from the browser itself. */
export function tooFaint(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
    /** The colour of layers painted over each other, as linear light. */
    const luminance = (layers: string[]) => {
      for (const layer of layers) {
        canvas.fillStyle = layer;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const faint: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
      const style = getComputedStyle(element);
      if (!own || !element.checkVisibility() || element.closest('.sr-only, .twice, script') || element.matches(':disabled')) continue;
      const grounds: string[] = [];
      for (let ancestor: HTMLElement | null = element; ancestor; ancestor = ancestor.parentElement) grounds.unshift(getComputedStyle(ancestor).backgroundColor);
      const ground = luminance(grounds);
      const text = luminance([...grounds, style.color]);
      const contrast = (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
      if (contrast < (large ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)} ${element.textContent!.trim().slice(0, 40)}`);
    }
    return faint;
  });
}
