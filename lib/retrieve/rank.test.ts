import { describe, expect, it } from 'vitest';
import { Best } from './best.ts';
import { VectorMatrix } from './vector-matrix.ts';
import { WordIndex } from './word-index.ts';

const all = () => 0;

describe('the best few', () => {
  it('are those a full sort would give, ties by position', () => {
    let state = 7;
    const scores = Array.from({ length: 500 }, () => (state = (state * 16807) % 2147483647) % 40);
    const best = new Best(25);
    scores.forEach((score, slot) => best.offer(slot, score));
    const sorted = scores.map((score, slot) => ({ slot, score })).sort((a, b) => b.score - a.score || a.slot - b.slot);
    expect(best.sorted()).toEqual(sorted.slice(0, 25));
  });
});

describe('the matrix of vectors', () => {
  it('ranks by cosine, each group for itself, whatever the width', async () => {
    const matrix = new VectorMatrix([{ id: 'x', vector: [3, 0, 0] }, { id: 'y', vector: [1, 1, 0] }, { id: 'old', vector: [2, 0.1, 0] }]);
    const [now, past] = await matrix.searchAll([1, 0, 0], 2, (id) => (id === 'old' ? 1 : 0));
    expect(now.map(({ id }) => id)).toEqual(['x', 'y']);
    expect(now[1].score).toBeCloseTo(Math.SQRT1_2, 6);
    expect(past.map(({ id }) => id)).toEqual(['old']);
  });
});

describe('BM25', () => {
  const chunks = [
    { id: 'a', text: 'pajak penghasilan badan usaha' },
    { id: 'b', text: 'pajak pertambahan nilai nilai' },
    { id: 'c', text: 'bea meterai dokumen perjanjian jual beli' },
  ];

  it('is the formula of the paper with a floor', () => {
    const index = new WordIndex();
    index.add(chunks);
    const [first] = index.search('nilai', 5);
    const [rarity, average] = [Math.log(1 + (3 - 1 + 0.5) / 1.5), 14 / 3];
    expect(first.id).toBe('b');
    expect(first.score).toBeCloseTo(rarity * (0.5 + (2 * 2.2) / (2 + 1.2 * (0.3 + (0.7 * 4) / average))), 9);
  });

  it('is the same after chunks came and went as over those that are left', () => {
    const [changed, fresh] = [new WordIndex(), new WordIndex()];
    changed.add([{ id: 'gone', text: 'pajak nilai meterai' }, ...chunks]);
    changed.add([{ id: 'a', text: 'sudah diganti nanti' }]);
    changed.remove(['gone', 'never there']);
    changed.add([chunks[0]]);
    fresh.add(chunks);
    for (const question of ['pajak nilai', 'meterai dokumen', 'diganti']) {
      const scores = (index: WordIndex) => new Map(index.searchAll(question, 5, all).flat().map(({ id, score }) => [id, score.toFixed(9)]));
      expect(scores(changed)).toEqual(scores(fresh));
      expect(changed.coverage(question)).toBeCloseTo(fresh.coverage(question), 9);
    }
  });
});
