import { describe, expect, test } from 'vitest';
import { figures, likeFigure, normaliseFigures, significantDigits, withFigures } from './figures.ts';

describe('figures', () => {
  test.each([
    ['Rp54.000.000,00', '54000000'],
    ['Rp 54.000.000', '54000000'],
    ['54,000,000', '54000000'],
    ['54 juta', '54000000'],
    ['4,8 miliar', '4800000000'],
    ['IDR 4.8 billion', '4800000000'],
    ['500 juta rupiah', '500000000 rupiah'],
    ['12%', '12%'],
    ['12 persen', '12%'],
    ['12 percent', '12%'],
    ['2,5%', '2.5%'],
    ['0,125', '0.125'],
    ['1.000,50', '1000.5'],
    ['Pasal 17 ayat (1)', 'Pasal 17 ayat (1)'],
    ['1.1.2026', '1.1.2026'],
  ])('%s is written %s', (text, plain) => expect(normaliseFigures(text)).toBe(plain));

  test('takes every figure of a sentence, none out of a word', () => {
    expect([...figures('Tarif 11% naik menjadi 12 persen pada 2025; omzet Rp4,8 miliar, kode A12.')]).toEqual(['11%', '12%', '2025', '4800000000']);
  });
});

describe('other figures', () => {
  test.each([
    ['Rp54 juta', '71', 'Rp71 juta', '71000000'],
    ['Rp54.000.000,00', '71', 'Rp71.000.000,00', '71000000'],
    ['2,50%', '37', '3,70%', '3.7%'],
    ['0,5 persen', '8', '0,8 persen', '0.8%'],
    ['4,8 miliar', '19', '1,9 miliar', '1900000000'],
  ])('%s with %s is %s', (written, digits, other, plain) => {
    expect(likeFigure(written, digits)).toBe(other);
    expect([...figures(other)]).toEqual([plain]);
    expect(likeFigure([...figures(written)][0], digits)).toBe(plain);
    expect(significantDigits([...figures(written)][0])).toHaveLength(digits.length);
  });

  test('stand wherever a text has the figure, in each of its spellings, and nowhere else', () =>
    expect(withFigures('PTKP Rp54.000.000 (54 juta); istri Rp58.500.000; 54 orang.', (figure) => (figure === '54000000' ? '71' : null))).toBe('PTKP Rp71.000.000 (71 juta); istri Rp58.500.000; 54 orang.'));
});
