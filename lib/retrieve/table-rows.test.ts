import { expect, test } from 'vitest';
import { chunkDocument } from './chunk.ts';
import { sentences } from './sentences.ts';

const row = (index: number) => `Jenis ${index}. Lihat lampiran | ${index} hari kerja. Tidak lebih | Setuju atasan`;
const rows = Array.from({ length: 40 }, (_, index) => row(index));
const HEADER = 'Nama cuti | Lama | Syarat';

test.each([
  ['as pages and Word documents give it', [HEADER, ...rows]],
  ['with a caption and a row of one cell', ['Tabel cuti:', HEADER, ...rows.slice(0, 20), 'Cuti lain', ...rows.slice(20)]],
  ['with bars at both ends', [`| ${HEADER} |`, '|---|---|---|', ...rows.map((one) => `| ${one} |`)]],
])('a long table is cut between its rows, %s', (_name, lines) => {
  const chunks = chunkDocument({ title: 'Cuti', text: `# Cuti\n\n## Daftar\n\n${lines.join('\n')}\n\nPenutup.` });
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.map(({ text }) => text).join('\n').split('\n').filter(Boolean)).toEqual([...lines, 'Penutup.']);
  const header = lines.find((line) => line.includes(HEADER));
  expect(chunks.map(({ headings }) => headings)).toEqual([['Daftar'], ...chunks.slice(1).map(() => ['Daftar', header])]);
});

test('a row longer than a chunk is cut within', () => {
  const text = [HEADER, row(1), `Panjang | ${'kata '.repeat(200)}`, row(2)].join('\n');
  const chunks = chunkDocument({ title: '', text });
  expect(chunks.map(({ text: slice }) => slice).join(' ').split(/\s+/)).toEqual(text.split(/\s+/));
});

test('a first cell that says # makes no heading', () => {
  expect(chunkDocument({ title: 'Cuti', text: '# Cuti\n\n## Daftar\n\n# | Nama\n1 | Sakit' }).map(({ text }) => text)).toEqual(['# | Nama\n1 | Sakit']);
});

test('bars in a long paragraph make no table', () => {
  const text = `Beranda | Kontak\n${'Satu baris biasa saja.\n'.repeat(80)}`;
  for (const { headings } of chunkDocument({ title: '', text })) expect(headings).toEqual([]);
});

test('a row is a sentence of its own', () => {
  const text = 'Nama | Lama\nSakit | 5 hari\nHaji | 40 hari';
  expect(sentences(text).map(({ start, end }) => text.slice(start, end))).toEqual(text.split('\n'));
});
