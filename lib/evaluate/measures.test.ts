import { describe, expect, it } from 'vitest';
import { REFUSAL } from '../prompt/refusal.ts';
import { mean, percentile } from './percentile.ts';
import { isRefusal, refusalScores } from './refusal.ts';
import { ndcgAt, recallAt, reciprocalRank } from './retrieval.ts';

describe('retrieval', () => {
  const ranked = ['ppn', 'ppn', 'pph', 'bphtb', 'pbb', 'ptkp', 'meterai'];
  it.each([
    [1, ['ppn'], 1],
    [1, ['pph'], 0],
    [2, ['pph'], 1],
    [5, ['ptkp'], 1],
    [5, ['meterai'], 0],
    [5, ['meterai', 'pbb'], 0.5],
    [2, ['ppn', 'pph'], 1],
    [5, ['nowhere'], 0],
  ])('recall@%i of %j is %i, passages of one document counted once', (k, relevant, expected) => expect(recallAt(k, ranked, relevant)).toBe(expected));

  it.each([
    [['ppn'], 1],
    [['pph'], 1 / 2],
    [['ptkp', 'bphtb'], 1 / 3],
    [['nowhere'], 0],
  ])('reciprocal rank of %j', (relevant, expected) => expect(reciprocalRank(ranked, relevant)).toBe(expected));

  // Second opinion: the definition in Python, sum(rel / log2(rank + 1)) over the ideal order, k = 5.
  it.each([
    [['ppn'], 1],
    [['pph'], 0.6309297535714575],
    [['pph', 'pbb'], 0.6509209298071326],
    [['ppn', 'pph', 'bphtb'], 1],
    [['meterai'], 0],
  ])('nDCG@5 of %j', (relevant, expected) => expect(ndcgAt(5, ranked, relevant)).toBeCloseTo(expected, 12));
});

describe('refusal', () => {
  it.each([
    [REFUSAL.id, true],
    [REFUSAL.en, true],
    [`  ${REFUSAL.id.toUpperCase().replace('.', '')} `, true],
    [`${REFUSAL.en} Ask the tax office.`, true],
    [`PPN 11 persen. ${REFUSAL.id}`, false],
    ['Tidak ada.', false],
    ['', false],
  ])('%j: %s', (answer, expected) => expect(isRefusal(answer)).toBe(expected));

  it('scores precision over refusals and recall over unanswerable questions', () => {
    const rows = [
      { answerable: false, refused: true },
      { answerable: false, refused: false },
      { answerable: false, refused: true },
      { answerable: true, refused: true },
      { answerable: true, refused: false },
    ];
    expect(refusalScores(rows)).toEqual({ precision: 2 / 3, recall: 2 / 3 });
    expect(refusalScores([{ answerable: true, refused: false }])).toEqual({ precision: null, recall: null });
    expect(refusalScores([])).toEqual({ precision: null, recall: null });
  });
});

describe('percentile and mean', () => {
  it.each([
    [[7], 0.95, 7],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[30, 10, 20], 0.5, 20],
    [[0, 10], 0.95, 9.5],
    [[2, 1], 0, 1],
    [[2, 1], 1, 2],
  ])('of %j at %d is %d', (values, share, expected) => expect(percentile(values, share)).toBeCloseTo(expected, 12));

  it('know nothing of no values', () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(mean([])).toBeNull();
    expect(mean([1, 2])).toBe(1.5);
  });
});
