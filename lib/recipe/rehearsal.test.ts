import { expect, it } from 'vitest';
import { REFUSAL } from '../prompt/refusal.ts';
import { contextWords } from './reader-row.ts';
import { rehearsalRows } from './rehearsal.ts';

const options = { count: 40, english: 0.25, seed: 3, fits: () => true };

it('takes so many of each language, half of them asked in vain, no question twice', async () => {
  const rows = await rehearsalRows(options);
  const of = (language: 'id' | 'en') => rows.filter((row) => row.language === language);
  expect([of('en').length, of('id').length]).toEqual([10, 30]);
  for (const language of ['id', 'en'] as const) expect(of(language).filter(({ answer }) => answer === REFUSAL[language])).toHaveLength(of(language).length / 2);
  expect(new Set(rows.map(({ question }) => question)).size).toBe(40);
  expect(rows.every(({ answer, passages }) => passages.length > 0 && (Object.values(REFUSAL).includes(answer) || / \[\d\]$/.test(answer)))).toBe(true);
});

it('takes the same for the same seed, and only what fits', async () => {
  const rows = await rehearsalRows(options);
  expect(await rehearsalRows(options)).toEqual(rows);
  expect(await rehearsalRows({ ...options, seed: 4 })).not.toEqual(rows);
  const short = await rehearsalRows({ ...options, fits: ({ passages }) => contextWords(passages) < 110 });
  expect(short).toHaveLength(40);
  expect(Math.max(...short.map(({ passages }) => contextWords(passages)))).toBeLessThan(110);
  expect(await rehearsalRows({ ...options, count: 0 })).toEqual([]);
});
