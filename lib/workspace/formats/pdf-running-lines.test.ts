import { describe, expect, test } from 'vitest';
import { linesFrom, makePdf, type PlacedText } from './files.fixture.ts';
import { READING_LIMITS } from './limits.ts';
import { pdfToMarkdown } from './pdf.ts';

const HEAD = 815;
const FOOT = 30;
const BODY = ['Karyawan tetap berhak atas cuti tahunan.', 'Permohonan diajukan dua minggu sebelumnya.'];
/** One page for every given line, the line at its edge. */
const pagesWith = async (edge: readonly string[], place: Partial<PlacedText> = {}) =>
  (await pdfToMarkdown(makePdf(edge.map((text) => [...linesFrom(600, BODY), { text, y: FOOT, ...place }])), READING_LIMITS)).markdown;

describe('figures at the edge of a page stay', () => {
  test.each<[string, readonly string[], Partial<PlacedText>?]>([
    ['the end of a sentence', ['12%.']],
    ['a big one of a flyer', ['50%'], { y: HEAD, size: 60 }],
    ['a bare one on one page', ['54']],
    ['bare ones that do not grow with the pages', ['54', '12', '30']],
    ['what grows with the pages in per cent', ['11%', '12%', '13%']],
    ['what grows with the pages in money', ['$5', '$6', '$7']],
    ['the end of a sentence that happens to be one more', ['11.', '12.', '13.']],
    ['numbers of chapters, as large as headings', ['1', '2', '3'], { y: HEAD, size: 24 }],
    ['amounts at one height on many pages', ['Diskon 50%', 'Diskon 30%', 'Diskon 20%']],
    ['one amount at one height on many pages', ['Rp5.000.000', 'Rp5.000.000', 'Rp5.000.000']],
  ])('%s', async (_name, edge, place) => {
    const lines = (await pagesWith(edge, place)).split(/\n+/).join(' ');
    for (const text of edge) expect(lines).toContain(text);
    expect(lines.split(edge[0]).length - 1).toBe(edge.filter((text) => text === edge[0]).length);
  });

  test('a number with text beyond it', async () => {
    const notes = ['Lihat lampiran pertama.', 'Menurut keputusan direksi.'];
    const pages = notes.map((note, index) => [...linesFrom(600, BODY), { text: String(index + 4), y: 60 }, { text: note, y: FOOT }]);
    const { markdown } = await pdfToMarkdown(makePdf(pages), READING_LIMITS);
    expect(markdown).toMatch(/\b4\b/);
    expect(markdown).toMatch(/\b5\b/);
  });
});

describe('numbers of pages are dropped', () => {
  const text = (pages: number) => Array.from({ length: pages }, () => BODY.join(' ')).join('\n\n');
  test.each<[string, readonly string[], Partial<PlacedText>?]>([
    ['bare', ['7', '8']],
    ['at the head', ['7', '8'], { y: HEAD }],
    ['between hyphens', ['- 7 -', '- 8 -', '- 9 -']],
    ['in Roman figures', ['iii', 'iv', 'v']],
    ['of so many', ['1/3', '2/3', '3/3']],
    ['named, on a single page', ['Halaman 1 dari 1']],
    ['named in English', ['Page 1 of 2', 'Page 2 of 2']],
  ])('%s', async (_name, edge, place) => expect(await pagesWith(edge, place)).toBe(text(edge.length)));

  test('on every second page, as books have them', async () => {
    const pages = ['7', null, '9', null].map((number) => [...linesFrom(600, BODY), ...(number ? [{ text: number, y: FOOT }] : [])]);
    expect((await pdfToMarkdown(makePdf(pages), READING_LIMITS)).markdown).toBe(text(4));
  });

  test('above a running foot', async () => {
    const pages = ['7', '8', '9'].map((number) => [...linesFrom(600, BODY), { text: number, y: 50 }, { text: 'PT Contoh, Jalan Merdeka 1', y: FOOT }]);
    expect((await pdfToMarkdown(makePdf(pages), READING_LIMITS)).markdown).toBe(text(3));
  });
});
