import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../retrieve/types.ts';
import { withPassages } from './with-passages.ts';

type Found = SearchResult['passages'][number];

const passage = (documentId: string, text: string): Found => ({ id: `${documentId}#0`, documentId, documentTitle: `Tentang ${documentId}`, headings: [], text, rank: 1, score: 1, cosine: 0.9, bm25: 1 });
const index = (...found: Found[]) => ({ search: async () => ({ passages: found, embeddingMs: 0, searchMs: 0, indexHash: 'h' }) });
const facts = [{ id: 'parkir', document: 'parkir' }];
const example = (answer: string, further: object = {}) => ({ question: 'Berapa tarif parkir motor?', answer, language: 'id' as const, split: 'train' as const, accept: [], required: [], factId: 'parkir', ...further });
const options = { share: 1, seed: 1, fits: () => true };

const motor = passage('parkir', 'Tarif parkir motor Rp2.000 untuk dua jam.');
const mobil = passage('mobil', 'Tarif parkir mobil Rp5.000 untuk dua jam.');
const answers = async (...given: Parameters<typeof withPassages>): Promise<string[]> => (await withPassages(...given)).map(({ answer }) => answer);

describe('examples shown with passages', () => {
  it('cite the passage of their fact, wherever the search puts it', async () => {
    expect(await answers(index(mobil, motor), facts, [example('Rp2.000')], options)).toEqual(['Rp2.000 [2]']);
    const [row] = await withPassages(index(motor), facts, [example('Tarif parkir motor Rp2.000.')], options);
    expect(row).toMatchObject({ answer: 'Tarif parkir motor Rp2.000. [1]', passages: [{ documentTitle: 'Tentang parkir', text: motor.text }] });
  });

  it('cite it across languages by its figures', async () => {
    const second = { ...passage('parkir', 'Denda parkir liar Rp250.000.'), id: 'parkir#1' };
    const [cited] = await answers(index(motor, second), facts, [example('The fine is Rp250.000.', { question: 'What is the fine for stray parking?', language: 'en' })], options);
    expect(cited).toBe('The fine is Rp250.000. [2]');
  });

  it('are shown once more with another figure in place of the answer’s, in passages and answer alike, unless that is too long', async () => {
    const fine = passage('parkir', 'Denda parkir liar Rp250.000.');
    const asked = [example('Rp250.000', { question: 'Berapa denda parkir liar?' })];
    const [plain, other, ...further] = await withPassages(index(fine), facts, asked, options);
    expect(plain).toMatchObject({ answer: 'Rp250.000 [1]', passages: [{ text: fine.text }] });
    expect(other.answer).toMatch(/^Rp\d\d0\.000 \[1\]$/);
    expect(other.answer).not.toBe(plain.answer);
    expect(other.passages[0].text).toBe(`Denda parkir liar ${other.answer.replace(' [1]', '')}.`);
    expect(further).toEqual([]);
    expect(await withPassages(index(fine), facts, asked, { ...options, fits: (_prompt, answer) => answer === plain.answer })).toEqual([plain]);
  });

  it('answer from memory where the search misses', async () => expect(await answers(index(mobil), facts, [example('Rp2.000')], options)).toEqual(['Rp2.000']));

  it('that belong to no fact cite what supports them, and are left out where nothing does', async () => {
    const free = { factId: null };
    expect(await answers(index(mobil, motor), [], [example('Tarif parkir motor Rp2.000.', free), example('Gratis bagi warga.', free)], options)).toEqual(['Tarif parkir motor Rp2.000. [2]']);
  });

  it('are a share of those that are trained, of the same ones for the same seed, and none too long', async () => {
    const many = Array.from({ length: 20 }, (_, number) => example(`Rp${number}.000`, { question: `Berapa tarif nomor ${number}?` }));
    const held = example('Rp2.000', { split: 'held-out' });
    const questions = async (seed: number): Promise<string[]> => (await withPassages(index(motor), facts, [...many, held], { ...options, share: 0.25, seed })).map(({ question }) => question);
    expect(await questions(1)).toHaveLength(5);
    expect(await questions(1)).toEqual(await questions(1));
    expect(await questions(2)).not.toEqual(await questions(1));
    expect(await withPassages(index(motor), facts, [held], options)).toEqual([]);
    expect(await withPassages(index(motor), facts, many, { ...options, fits: (prompt) => !prompt.includes('nomor') })).toEqual([]);
  });

  it('stop being searched for when nobody waits any more', async () => {
    await expect(withPassages(index(motor), facts, [example('Rp2.000')], { ...options, signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
