import { describe, expect, it } from 'vitest';
import { figureAskedFor, namesAmount, namesPeriod } from './figures.ts';
import { preferenceFor, preferences, trustInMeaning } from './preference.ts';

describe('figures asked for', () => {
  it('are amounts or periods, in both languages, or none', () => {
    expect(['Berapa tarif PPN?', 'What is the VAT rate?', 'Kena berapa persen?'].map(figureAskedFor)).toEqual(['amount', 'amount', 'amount']);
    expect(['Berapa lama boleh diajukan?', 'Dalam berapa bulan?', 'How long is the probation?'].map(figureAskedFor)).toEqual(['period', 'period', 'period']);
    expect(['Siapa yang memungut PPN?', 'Who pays?'].map(figureAskedFor)).toEqual([null, null]);
  });

  it('are seen in text as people, laws and scans write them', () => {
    for (const text of ['tarif 11% (sebelas persen)', 'O,5o/o? no: 0,5o/o', 'Rp10.000,00', 'USD 50']) expect(namesAmount(text)).toBe(true);
    for (const text of ['Pasal 7 ayat (1)', 'tahun 2021', 'persentase']) expect(namesAmount(text)).toBe(false);
    for (const text of ['paling lama 3 (tiga) bulan', '12 days']) expect(namesPeriod(text)).toBe(true);
    for (const text of ['bulan Januari', 'Pasal 3']) expect(namesPeriod(text)).toBe(false);
  });
});

describe('preference', () => {
  const chunk = (id: string, more: object = {}) => ({ id, text: 'Tarifnya 4%.', work: undefined, provision: undefined, explains: undefined, ...more });
  const known = preferences([
    chunk('note'),
    chunk('article', { work: 'uu/1/1990', provision: 'uu/1/1990#2' }),
    chunk('on article', { work: 'uu/1/1990', provision: 'uu/1/1990#2', explains: true }),
    chunk('preamble', { work: 'uu/1/1990', text: 'Menimbang.' }),
  ]);

  it('goes to articles before their explanation and the rest of a law; other documents are left alone', () => {
    const of = preferenceFor('Siapa?', known);
    expect(of('article')).toBeGreaterThan(of('on article'));
    expect(of('on article')).toBeGreaterThan(of('preamble'));
    expect([of('note'), of('unknown')]).toEqual([1, 1]);
  });

  it('goes to a chunk with a figure only when one is asked for', () => {
    expect(preferenceFor('Berapa tarifnya?', known)('note')).toBeGreaterThan(1);
    expect(preferenceFor('Berapa lama?', known)('note')).toBe(1);
  });
});

describe('trust in meaning', () => {
  it('falls with the share of regulations, and is whole without any', () => {
    const law = { work: 'uu/1/1990' };
    const note = { work: undefined };
    expect(trustInMeaning([])).toBe(1);
    expect(trustInMeaning([note, note])).toBe(1);
    expect(trustInMeaning([law, note])).toBeCloseTo(0.65);
    expect(trustInMeaning([law])).toBeCloseTo(0.3);
  });
});
