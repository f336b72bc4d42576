import { describe, expect, it } from 'vitest';
import { answerTokens, normaliseAnswer } from './normalise.ts';
import { equivalent, exactMatch, tokenF1 } from './score.ts';

describe('normaliseAnswer', () => {
  it.each([
    ['The Denver Broncos!', 'denver broncos'],
    ['an apple a day, the end', 'apple day end'],
    ['Theatre and banana', 'theatre and banana'],
    ['  two\t\nspaces  ', 'two spaces'],
    ['Rp54.000.000', 'rp54000000'],
    ['Rp54.000.000,50 setahun', 'rp54000000.50 setahun'],
    ['1,1 persen', '1.1 persen'],
    ['11%', '11'],
    ['“Pajak Pertambahan Nilai” – PPN', 'pajak pertambahan nilai ppn'],
    ['Yang itu dan ini', 'yang itu dan ini'],
    ['?!', ''],
  ])('%j becomes %j', (text, expected) => expect(normaliseAnswer(text)).toBe(expected));

  it('has no tokens for punctuation only', () => expect(answerTokens(' ... ')).toEqual([]));
});

describe('exactMatch', () => {
  it.each([
    ['Denver Broncos', ['The Denver Broncos', 'Carolina Panthers'], true],
    ['the Broncos.', ['Denver Broncos'], false],
    ['1,1 persen', ['11 persen'], false],
    ['Sebelas persen', ['sebelas persen.'], true],
    ['anything', [], false],
  ])('%j against %j is %s', (answer, accepted, expected) => expect(exactMatch(answer, accepted)).toBe(expected));
});

describe('tokenF1', () => {
  // Precision and recall worked out by hand from SQuAD v1.1's definition.
  it.each([
    ['the Denver Broncos', ['Denver Broncos'], 1],
    ['Broncos', ['Denver Broncos'], 2 / 3],
    ['gold gold silver', ['gold'], (2 * (1 / 3)) / (1 / 3 + 1)],
    ['gold', ['gold gold silver'], (2 * (1 / 3)) / (1 / 3 + 1)],
    ['gold gold', ['gold gold silver'], (2 * (2 / 3)) / (2 / 3 + 1)],
    ['Carolina', ['Denver Broncos', 'Carolina Panthers'], 2 / 3],
    ['Tarif PPN adalah 11 persen', ['11 persen'], (2 * (2 / 5)) / (2 / 5 + 1)],
    ['Seattle', ['Denver Broncos'], 0],
    ['', ['Denver Broncos'], 0],
    ['Denver', [], 0],
  ])('%j against %j', (answer, accepted, expected) => expect(tokenF1(answer, accepted)).toBeCloseTo(expected, 12));
});

describe('equivalent', () => {
  const rule = {
    question: 'Berapa tarif PPN menurut UU 7 tahun 2021?',
    accepted: ['Tarif PPN adalah 11 persen sejak 1 April 2022.'],
    required: [['11 persen', 'sebelas persen'], ['PPN', 'pajak pertambahan nilai']],
  };
  it.each([
    ['PPN dikenakan 11%.', true],
    ['Pajak Pertambahan Nilai sebesar sebelas persen', true],
    ['Sejak 1 April 2022 PPN 11 %', true],
    ['UU 7 Tahun 2021: PPN 11%', true],
    ['11%', false],
    ['PPN 12%', false],
    ['PPN 11%, kemudian 12%', false],
    ['PPN 111%', false],
    ['PPNBM 11%', false],
    ['', false],
  ])('%j is %s', (answer, expected) => expect(equivalent(answer, rule)).toBe(expected));

  it('reads amounts in one spelling', () => {
    const amount = { question: 'Berapa PTKP?', accepted: ['Rp54.000.000'], required: [['Rp54.000.000']] };
    expect(equivalent('PTKP-nya Rp54 juta', amount)).toBe(true);
    expect(equivalent('PTKP-nya Rp5,4 juta', amount)).toBe(false);
  });

  it('does not decide without a required group', () => expect(equivalent('11%', { ...rule, required: [] })).toBeNull());
});
