import { describe, expect, it } from 'vitest';
import type { Language } from '../answer/events.ts';
import { LanguageWords } from './language-words.ts';
import { VectorMatrix } from './vector-matrix.ts';
import { WordIndex } from './word-index.ts';

const all = (): number => 0;
const indonesian = Array.from({ length: 20 }, (_, number) => ({ id: `id-${number}`, language: 'id' as const, text: `pajak penghasilan badan bagian ${number}` }));
const english = [
  { id: 'en-0', language: 'en' as const, text: 'a note for foreign experts on income tax of a company' },
  { id: 'en-1', language: 'en' as const, text: 'who owes income tax in a company' },
];
const filled = (...chunks: { id: string; text: string; language: Language }[]): LanguageWords => {
  const words = new LanguageWords();
  words.add(chunks);
  return words;
};
const best = (words: LanguageWords, question: string, expanded?: string): string => words.searchAll(question, 5, all, { expanded })[0][0].id;

describe('words of several languages', () => {
  it('are rare or common among texts of their own language', () => {
    const words = filled(...indonesian, ...english);
    // "income tax company" stands in every English chunk, so it says little; the translation names one bagian.
    expect(best(words, 'income tax company', 'income tax company penghasilan bagian 7')).toBe('id-7');
    const together = new WordIndex();
    together.add([...indonesian, ...english]);
    expect(together.searchAll('income tax company', 5, all, { expanded: 'income tax company penghasilan bagian 7' })[0][0].id).toMatch(/^en/);
    expect(best(words, 'foreign experts')).toBe('en-0');
  });

  it('cover a question by as much as the chunks of their language are of the most', () => {
    const words = filled(...indonesian, ...english);
    expect(words.coverage('income tax company')).toBeCloseTo(2 / 20, 9);
    expect(words.coverage('pajak penghasilan badan')).toBe(1);
    expect(new LanguageWords().coverage('pajak')).toBe(0);
  });

  it('of one language alone are found as by one index', () => {
    const [words, index] = [filled(...indonesian), new WordIndex()];
    index.add(indonesian);
    expect(words.searchAll('bagian 3 badan', 5, all)).toEqual(index.searchAll('bagian 3 badan', 5, all));
    expect(words.coverage('bagian 3 badan usaha')).toBe(index.coverage('bagian 3 badan usaha'));
  });

  it('are forgotten with their chunk, also when it comes back in the other language', () => {
    const words = filled(...indonesian, ...english);
    words.add([{ id: 'en-0', language: 'id', text: 'catatan untuk tenaga ahli asing' }]);
    expect(words.searchAll('foreign experts', 5, all).flat()).toEqual([]);
    expect(best(words, 'tenaga ahli')).toBe('en-0');
    words.remove(['en-0', 'never there']);
    expect(words.searchAll('tenaga ahli', 5, all).flat()).toEqual([]);
  });

  it('keep groups apart', () => {
    const words = filled(...indonesian.slice(0, 2), english[1]);
    const [now, past] = words.searchAll('penghasilan company', 5, (id) => (id === 'id-0' ? 1 : 0));
    expect(now.map(({ id }) => id).sort()).toEqual(['en-1', 'id-1']);
    expect(past.map(({ id }) => id)).toEqual(['id-0']);
  });
});

describe('vectors of several languages', () => {
  /** A unit vector of this cosine with the question. */
  const at = (id: string, cosine: number) => ({ id, vector: [cosine, Math.sqrt(1 - cosine ** 2)] });
  const items = [...Array.from({ length: 30 }, (_, number) => at(`id-${number}`, 0.7 + number / 1000)), at('id-answer', 0.82), ...Array.from({ length: 10 }, (_, number) => at(`en-${number}`, 0.83 + number / 1000))];
  const languageOf = (id: string): Language => (id.startsWith('en') ? 'en' : 'id');
  const matrix = (given: readonly { id: string; vector: number[] }[], of?: (id: string) => Language): VectorMatrix => new VectorMatrix(given.map((item) => ({ ...item, language: of?.(item.id) })));
  const order = async (of?: (id: string) => Language): Promise<string[]> => (await matrix(items, of).searchAll([1, 0], 3, all))[0].map(({ id }) => id);

  it('lose half of the lead that their language gives them', async () => {
    expect(await order()).toEqual(['en-9', 'en-8', 'en-7']);
    expect((await order(languageOf))[0]).toBe('id-answer');
    expect(await order(() => 'id')).toEqual(['en-9', 'en-8', 'en-7']);
  });

  it('keep the cosine as their score', async () => {
    const [[first]] = await matrix(items, languageOf).searchAll([1, 0], 1, all);
    expect(first.score).toBeCloseTo(0.82, 6);
  });

  it('that stand alone in their language are still found', async () => {
    const few = matrix([...items.filter(({ id }) => id.startsWith('id')), at('en-only', 0.9)], languageOf);
    expect((await few.searchAll([1, 0], 1, all))[0][0].id).toBe('en-only');
  });
});
