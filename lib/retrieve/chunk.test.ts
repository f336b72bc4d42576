import { describe, expect, test } from 'vitest';
import { CHUNK_WORDS } from './blocks.ts';
import { chunkDocument, searchableText } from './chunk.ts';

const sentence = (name: string, words = 12) => `Kalimat ${name} ${'kata '.repeat(words - 3)}akhir.`;
const paragraph = (name: string, count: number) => Array.from({ length: count }, (_, index) => sentence(`${name}${index}`)).join(' ');
const words = (text: string) => text.match(/\S+/g)!.length;

describe('chunkDocument', () => {
  test('keeps the headings above a chunk and leaves the title out', () => {
    const text = `# PPN\n\n${paragraph('a', 7)}\n\n## Tarif\n\n${paragraph('b', 7)}\n\n### Ekspor\n\n${paragraph('c', 7)}\n\n## Batas\n\n${paragraph('d', 7)}\n`;
    expect(chunkDocument({ title: 'PPN', text }).map(({ headings }) => headings)).toEqual([[], ['Tarif'], ['Tarif', 'Ekspor'], ['Batas']]);
  });

  test('chunks are exact slices, in order, and hold every word of the body', () => {
    const text = `# Judul\n\n${paragraph('a', 30)}\n\n- butir satu\n- butir dua\n\n${paragraph('b', 4)}\n`;
    const chunks = chunkDocument({ title: 'Judul', text });
    for (const { start, end, text: slice } of chunks) expect(text.slice(start, end)).toBe(slice);
    expect(chunks.map(({ number }) => number)).toEqual(chunks.map((_, index) => index));
    expect(chunks.map(({ text: slice }) => slice).join(' ').split(/\s+/)).toEqual(text.replace('# Judul', '').trim().split(/\s+/));
    for (const { text: slice } of chunks) expect(words(slice)).toBeLessThanOrEqual(CHUNK_WORDS.most + CHUNK_WORDS.leastAtEnd);
  });

  test('cuts a long paragraph between sentences', () => {
    for (const { text } of chunkDocument({ title: '', text: paragraph('a', 40) })) expect(text).toMatch(/^Kalimat.*akhir\.$/s);
  });

  test('cuts inside a sentence only when it is too long by itself', () => {
    const chunks = chunkDocument({ title: '', text: `${'kata '.repeat(100)}jeda, ${'lagi '.repeat(200)}akhir.` });
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks[0].text.endsWith('jeda,')).toBe(true);
    for (const { text } of chunks) expect(words(text)).toBeLessThanOrEqual(CHUNK_WORDS.most + CHUNK_WORDS.leastAtEnd);
  });

  test('joins short sections and names the headings they share', () => {
    const text = `## Tarif\n\n### Umum\n\n${sentence('a')}\n\n### Khusus\n\n${sentence('b')}\n`;
    const chunks = chunkDocument({ title: 'PPN', text });
    expect(chunks.map(({ headings }) => headings)).toEqual([['Tarif']]);
    expect(chunks[0].text).toContain('### Khusus');
  });

  test('reads BAB and Pasal lines of a plain law as headings', () => {
    const text = `BAB II\nOBJEK PAJAK\nPasal 4\n(1) ${paragraph('a', 6)}\nPasal 4A\n(1) ${paragraph('b', 6)}`;
    expect(chunkDocument({ title: 'UU', text }).map(({ headings }) => headings.at(-1))).toEqual(['BAB II', 'Pasal 4A']);
  });

  test('a document of headings only is one chunk, one without text none', () => {
    expect(chunkDocument({ title: 'x', text: '\n# Hanya judul\n' }).map(({ text }) => text)).toEqual(['# Hanya judul']);
    expect(chunkDocument({ title: 'x', text: ' \n' })).toEqual([]);
  });

  test('the marks that close a heading are no part of it', () => {
    expect(chunkDocument({ title: '', text: '# Cuti # tahunan ##  \n\nIsi.' })[0].headings).toEqual(['Cuti # tahunan']);
  });

  test('a heading with a row of spaces takes no time', () => {
    const started = performance.now();
    expect(chunkDocument({ title: '', text: `# Cuti${' '.repeat(2_500)}tahunan\n\nIsi.` })).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('a line longer than any heading is text, not repeated with every chunk', () => {
    const text = `# ${'kata '.repeat(500)}\n\n${paragraph('a', 30)}`;
    const chunks = chunkDocument({ title: '', text });
    expect(chunks.flatMap(({ headings }) => headings)).toEqual([]);
    expect(chunks.map(({ text: slice }) => slice).join(' ').split(/\s+/)).toEqual(text.trim().split(/\s+/));
  });

  test('the searched text names title and headings', () => {
    expect(searchableText({ documentTitle: 'PPN', headings: ['Tarif', 'Umum'], text: '12%' })).toBe('PPN\nTarif > Umum\n12%');
  });
});
