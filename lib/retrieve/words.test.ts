import { expect, test } from 'vitest';
import { expandAbbreviations, expandGlossary } from './abbreviations.ts';
import { fuseRanks } from './fuse.ts';
import { WordIndex } from './word-index.ts';
import { terms } from './words.ts';

test('terms: small letters, no diacritics, figures whole, stop words out', () => {
  expect(terms('Tarif PPN adalah 12 persen (Rp54.000.000,00) untuk kafé; undang-undang Pasal 4A')).toEqual([
    'tarif', 'ppn', '12%', '54000000', 'kafe', 'undang', 'undang', 'pasal', '4a',
  ]);
  expect(terms('Apa itu PPN?', { keepStopWords: true })).toEqual(['apa', 'itu', 'ppn']);
});

test('a question gets the long form of its abbreviations and the other way round', () => {
  const abbreviations = { PPN: 'Pajak Pertambahan Nilai', PKP: 'Pengusaha Kena Pajak' };
  expect(expandAbbreviations('Berapa tarif ppn?', abbreviations)).toBe('Berapa tarif ppn? (Pajak Pertambahan Nilai)');
  expect(expandAbbreviations('Siapa pengusaha kena  pajak?', abbreviations)).toBe('Siapa pengusaha kena  pajak? (PKP)');
  expect(expandAbbreviations('PPNBM dan PKP (Pengusaha Kena Pajak)', abbreviations)).toBe('PPNBM dan PKP (Pengusaha Kena Pajak)');
});

test('a question gets the words of the documents for those of another language, the longest term counting', () => {
  const glossary = { tax: 'pajak', 'income tax': 'Pajak Penghasilan', 'stamp duty': 'Bea Meterai' };
  expect(expandGlossary('Who pays income tax?', glossary)).toBe('Who pays income tax? (Pajak Penghasilan)');
  expect(expandGlossary('Stamp  duty or tax?', glossary)).toBe('Stamp  duty or tax? (pajak, Bea Meterai)');
  expect(expandGlossary('Berapa tarif PPN?', glossary)).toBe('Berapa tarif PPN?');
});

test('ranks are fused by the sum of weight / (60 + rank), equal sums in a fixed order', () => {
  const [first, second] = [['a', 'b', 'c'], ['b', 'd']];
  expect(fuseRanks([{ ids: first, weight: 1 }, { ids: second, weight: 1 }])).toEqual([
    { id: 'b', score: 1 / 62 + 1 / 61 },
    { id: 'a', score: 1 / 61 },
    { id: 'd', score: 1 / 62 },
    { id: 'c', score: 1 / 63 },
  ]);
  expect(fuseRanks([{ ids: first, weight: 1 }, { ids: second, weight: 0 }]).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(fuseRanks([{ ids: ['y'], weight: 1 }, { ids: ['x'], weight: 1 }]).map(({ id }) => id)).toEqual(['x', 'y']);
  expect(fuseRanks([])).toEqual([]);
});

test('BM25: rare words weigh more than common ones, removed chunks are gone', () => {
  const index = new WordIndex();
  index.add([
    { id: 'a', text: 'pajak pajak pajak penghasilan' },
    { id: 'b', text: 'pajak meterai 10000' },
    { id: 'c', text: 'pajak bumi' },
  ]);
  expect(index.search('berapa pajak meterai', 5)[0].id).toBe('b');
  expect(index.search('Rp10.000', 5).map(({ id }) => id)).toEqual(['b']);
  index.remove(['b', 'unknown']);
  expect(index.search('meterai', 5)).toEqual([]);
  index.add([{ id: 'b', text: 'bea meterai' }]);
  expect(index.search('meterai', 5)).toHaveLength(1);
});

test('coverage: how much of a question the chunks know, rare words counting more', () => {
  const index = new WordIndex();
  expect(index.coverage('tarif')).toBe(0);
  index.add([{ id: 'a', text: 'tarif pajak meterai' }, { id: 'b', text: 'tarif pajak bumi' }, { id: 'c', text: 'tarif pajak' }]);
  expect(index.coverage('Berapa tarif pajak meterai?')).toBe(1);
  expect(index.coverage('stamp duty rate')).toBe(0);
  expect(index.coverage('tarif meterai elektronik')).toBeLessThan(0.5);
  expect(index.coverage('???')).toBe(0);
  index.remove(['a']);
  expect(index.coverage('meterai')).toBe(0);
});
