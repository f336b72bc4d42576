import { expect, test } from 'vitest';
import { linesFrom, makePdf, type PlacedText } from './files.fixture.ts';
import { READING_LIMITS } from './limits.ts';
import { pdfToMarkdown } from './pdf.ts';

/** A page as it is seen, 595 points wide and 842 high or the other way round, laid on the pages of makePdf as many files lay it. */
const LAID: Readonly<Record<string, (seen: PlacedText & { readonly x: number }) => PlacedText>> = {
  upright: (seen) => seen,
  'turned left': (seen) => ({ ...seen, x: 595 - seen.y, y: seen.x, letters: '0 1 -1 0' }),
  'upside down': (seen) => ({ ...seen, x: 595 - seen.x, y: 842 - seen.y, letters: '-1 0 0 -1' }),
  'turned right': (seen) => ({ ...seen, x: seen.y, y: 842 - seen.x, letters: '0 -1 1 0' }),
};

/** The text begins at the left margin: on its side, that is the foot or the head of the page. */
const page = (number: number, top: number): PlacedText[] => [
  { text: 'PT Contoh', y: top - 20 },
  ...linesFrom(top - 120, ['Upah pokok sebulan bagi pegawai', `golongan ${number}`, 'dibayar tanggal 25.']),
  { text: `Halaman ${number} dari 3`, y: 20 },
];

test.each(Object.entries(LAID))('the text of pages that lie %s stays, what runs through them goes', async (name, lay) => {
  const top = name.startsWith('turned') ? 595 : 842;
  const pages = [1, 2, 3].map((number) => page(number, top).map((seen) => lay({ x: 72, ...seen })));
  const { markdown } = await pdfToMarkdown(makePdf(pages), READING_LIMITS);
  expect(markdown).toBe([1, 2, 3].map((number) => `Upah pokok sebulan bagi pegawai golongan ${number} dibayar tanggal 25.`).join('\n\n'));
});

test('what stands sideways beside upright text is not turned with it', async () => {
  const stamp = { text: 'SALINAN', x: 560, y: 400, letters: '0 1 -1 0' };
  expect((await pdfToMarkdown(makePdf([[...linesFrom(700, ['Cuti tahunan dua belas hari.']), stamp]]), READING_LIMITS)).markdown).toBe('Cuti tahunan dua belas hari.\n\nSALINAN');
});
