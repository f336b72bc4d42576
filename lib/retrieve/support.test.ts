import { describe, expect, test } from 'vitest';
import { figuresSupported, findSupports } from './support.ts';

const passages = [
  { id: 'ppn#0', text: 'PPN dipungut atas penyerahan barang. Tarif umum PPN adalah 12%. Ekspor dikenai 0%.' },
  { id: 'ptkp#0', text: 'Wajib Pajak memperoleh PTKP. Besarnya PTKP Rp54.000.000,00 setahun bagi diri Wajib Pajak sendiri.' },
];

describe('findSupports', () => {
  test('finds the sentence behind each sentence of the answer', () => {
    const answer = 'Tarif umum PPN 12 persen. PTKP bagi diri Wajib Pajak sendiri Rp54 juta setahun.';
    const supports = findSupports(answer, passages);
    expect(supports.map((support) => answer.slice(support.answer.start, support.answer.end))).toEqual(['Tarif umum PPN 12 persen.', 'PTKP bagi diri Wajib Pajak sendiri Rp54 juta setahun.']);
    expect(supports.map(({ passageId, passage }) => passages.find(({ id }) => id === passageId)!.text.slice(passage.start, passage.end))).toEqual([
      'Tarif umum PPN adalah 12%.',
      'Besarnya PTKP Rp54.000.000,00 setahun bagi diri Wajib Pajak sendiri.',
    ]);
    expect(supports[0].overlap).toBe(1);
  });

  test('a wrong figure is supported by nothing, however alike the words', () => {
    expect(findSupports('Tarif umum PPN adalah 11%.', passages)).toEqual([]);
  });

  test('words that stand nowhere are supported by nothing', () => {
    expect(findSupports('Gaji direktur dibayar tiap bulan.', passages)).toEqual([]);
    expect(findSupports('', passages)).toEqual([]);
    expect(findSupports('Tarif umum PPN adalah 12%.', [])).toEqual([]);
  });

  test('an abbreviation counts as its long form', () => {
    const long = [{ id: 'a#0', text: 'Pajak Pertambahan Nilai memakai faktur.' }];
    expect(findSupports('PPN memakai faktur.', long)[0].overlap).toBeCloseTo(2 / 3);
    expect(findSupports('PPN memakai faktur.', long, { PPN: 'Pajak Pertambahan Nilai' })[0].overlap).toBe(1);
  });
});

describe('figures of an answer', () => {
  const passages = [{ id: 'a', text: 'Tarif umum PPN adalah 12%. Laporan disampaikan paling lambat 31 Maret 2026.' }, { id: 'b', text: 'A laptop is locked after four minutes without use. Tarif lama PPN 10%.' }];
  test.each([
    ['Tarif umum PPN adalah 12%.', true],
    ['Tarif umum PPN adalah dua belas persen.', true],
    ['Tarif umum PPN adalah 11%.', false],
    ['Laporan disampaikan paling lambat 31 Maret 2026.', true],
    ['Laporan disampaikan paling lambat 31 Mei 2026.', false],
    ['A laptop is locked after 4 minutes.', true],
    ['A laptop is locked after five minutes.', false],
    // Every sentence counts, and a figure in another's sentence supports nothing.
    ['Tarif umum PPN adalah 12%. Laporan disampaikan paling lambat 31 Mei 2026.', false],
    ['Denda keterlambatan setinggi 12%.', false],
    ['Tarif lama dan tarif umum PPN: 10% dan 12%.', false],
    ['Tidak ada angka di sini.', true],
    ['', true],
  ])('are supported by a sentence of the passages: %j %s', (answer, expected) => expect(figuresSupported(answer, passages)).toBe(expected));
});
