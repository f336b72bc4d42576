import { describe, expect, test } from 'vitest';
import { figures, normaliseFigures } from './figures.ts';

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
