import { expect, test } from 'vitest';
import { sentences } from './sentences.ts';

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

test('full stops in amounts, after abbreviations and in references end nothing', () => {
  expect(split('Batasnya Rp1.000.000,00 setahun. Lihat Pasal 7 ayat (1). Berlaku bagi PT, CV, dll. Menurut UU No. 42 Tahun 2009 tarifnya 10%.')).toEqual([
    'Batasnya Rp1.000.000,00 setahun.',
    'Lihat Pasal 7 ayat (1).',
    'Berlaku bagi PT, CV, dll. Menurut UU No. 42 Tahun 2009 tarifnya 10%.',
  ]);
});

test('list items, headings and ayat begin anew, wrapped lines do not', () => {
  expect(split('## Tarif\nTarif umum\nadalah 12%.\n- barang mewah\n- jasa\n(1) Ayat pertama\n1. Butir satu.')).toEqual([
    '## Tarif', 'Tarif umum\nadalah 12%.', '- barang mewah', '- jasa', '(1) Ayat pertama', '1. Butir satu.',
  ]);
});

test('questions and quotations', () => {
  expect(split('Apa itu PPN? "Pajak atas konsumsi." Begitulah! selesai')).toEqual(['Apa itu PPN?', '"Pajak atas konsumsi."', 'Begitulah!', 'selesai']);
  expect(split('  \n ')).toEqual([]);
});
