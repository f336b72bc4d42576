import { describe, expect, it } from 'vitest';
import { carryingPassage, figuresNotIn, supportedFigures } from './supported-figures.ts';

it.each([
  ['Tarifnya 11 persen.', 'PPN dikenakan 11%.', 1, 1],
  ['Tarifnya 12%.', 'PPN dikenakan 11%.', 1, 0],
  ['Rp54 juta setahun', 'PTKP Rp54.000.000', 1, 1],
  ['Berlaku 1 April 2022.', 'sejak 1 April 2022', 1, 1],
  ['It began on April 1, 2022.', 'mulai 1 April 2022', 1, 1],
  ['It began on 2022-04-01.', 'mulai 1 April 2022', 1, 1],
  // The figures of a date are one thing: neither the day nor the year alone will do.
  ['Berlaku 2 April 2022.', 'sejak 1 April 2022, 2 bulan', 1, 0],
  ['Berlaku April 2022.', 'sejak 1 April 2022', 1, 1],
  ['Berlaku 1 April 2022.', 'sejak April 2022', 1, 0],
  ['31 Maret, denda Rp100.000', 'paling lambat 31 Maret; denda Rp 100.000 dan Rp1.000.000', 2, 2],
  ['2% dan 5%', '2%', 2, 1],
  ['25 years', 'paling lama dua puluh lima tahun', 1, 1],
  ['12%', '12 (dua belas) persen', 1, 1],
  ['2 tahun', 'paling lama dua puluh lima tahun', 1, 0],
])('%j in %j: of %i figures and dates %i', (answer, source, total, supported) => expect(supportedFigures(answer, source)).toEqual({ total, supported }));

it('means nothing for an answer without figures', () => expect(supportedFigures('Direktorat Jenderal Pajak.', '11%')).toBeNull());

it('names those that are missing as the answer writes them', () => {
  expect(figuresNotIn('Sejak April 1, 2022 tarifnya 11 persen, dulu 10%.', 'Tarifnya 10%.')).toEqual(['April 1, 2022', '11 persen']);
  expect(figuresNotIn('Direktorat Jenderal Pajak.', '')).toEqual([]);
});

describe('the passage that carries an answer', () => {
  const passage = (documentTitle: string, text: string) => ({ documentTitle, headings: ['Tarif'], text });
  const [old, current, other] = [passage('Tarif 2020', 'PPN 10%.'), passage('Tarif 2025', 'PPN 12% sejak 1 Januari 2025.'), passage('Bunga', 'Bunga 12% sebulan.')];
  const read = [old, other, current];

  it('is the one it names, though others have its figures too', () => {
    expect(carryingPassage('12%', current, read)).toBe(current);
    expect(carryingPassage('12%', other, read)).toBe(other);
  });

  it('is another where the named one lacks a figure: the one with most of them, of equals the best found', () => {
    expect(carryingPassage('12%', old, read)).toBe(other);
    expect(carryingPassage('12% sejak 1 Januari 2025', old, read)).toBe(current);
    expect(carryingPassage('12% sejak 1 Januari 2025', other, read)).toBe(current);
  });

  it('is the one it names where no passage has more: a figure of its own, or none at all', () => {
    expect(carryingPassage('11%', old, read)).toBe(old);
    expect(carryingPassage('Menteri Keuangan', old, read)).toBe(old);
  });

  it('may carry the figure in its title', () => expect(carryingPassage('Tahun 2020', current, read)).toBe(old));
});
