import { describe, expect, it } from 'vitest';
import type { ApproachId } from '../answer/events.ts';
import type { Estimate, EvaluationRow, MetricId, ScoredAnswer } from '../messages/evaluation.ts';
import { comparePairs } from './pairs.ts';
import { countLeaks, summarise } from './summarise.ts';

const answer = (right: boolean, more: Partial<ScoredAnswer> = {}): ScoredAnswer => ({ answer: 'a', right, exactMatch: right, f1: right ? 1 : 0.5, refused: false, finish: 'stop', reads: false, cited: null, citesRight: null, figures: null, ...more });

function row(id: string, arms: EvaluationRow['arms'], more: Partial<EvaluationRow> = {}): EvaluationRow {
  return { id, kind: 'held-out', cluster: id, language: 'id', question: `${id}?`, answers: ['x'], documents: [], seed: 0, retrieved: null, arms, ...more };
}

const metricOf = (rows: readonly EvaluationRow[], arm: ApproachId, id: MetricId, group = 'all'): Estimate =>
  summarise(rows).find((each) => each.arm === arm && each.group === group)!.metrics[id]!;

describe('scores', () => {
  const retrieved = { passages: ['p#0'], read: 1, recallAt1: 1, recallAt5: 1, reciprocalRank: 1, ndcgAt5: 1 };
  const unanswerable = { kind: 'unanswerable', answers: [], documents: [] };
  const rows = [
    row('a', { rag: answer(true, { reads: true, cited: 'p#0', citesRight: true, figures: { total: 3, supported: 3 } }), base: answer(false) }, { documents: ['p'], retrieved }),
    row('b', { rag: answer(false, { reads: true, cited: 'o#0', citesRight: false, figures: { total: 1, supported: 0 } }), base: answer(true) }, { documents: ['p'], retrieved: { ...retrieved, recallAt1: 0, reciprocalRank: 0.5 } }),
    row('c', { rag: answer(false, { reads: true, refused: true, f1: 0 }), base: answer(true) }, { documents: ['p'], retrieved }),
    row('d', { rag: answer(true, { reads: true, refused: true, exactMatch: null, f1: null }), base: answer(false, { exactMatch: null, f1: null }) }, unanswerable),
  ];

  it.each([
    ['rag', 'accuracy', 0.5, 4],
    ['rag', 'exact-match', 0.3333333, 3],
    ['rag', 'token-f1', 0.5, 3],
    ['rag', 'recall-at-1', 0.6666667, 3],
    ['rag', 'mrr', 0.8333333, 3],
    ['rag', 'citation-precision', 0.5, 2],
    ['rag', 'citation-recall', 0.3333333, 3],
    // Of four figures in all answers three are in their passages; not the mean of 1 and 0.
    ['rag', 'faithfulness', 0.75, 4],
    ['rag', 'refusal-recall', 1, 1],
    ['rag', 'refusal-precision', 0.5, 2],
    ['base', 'refusal-recall', 0, 1],
  ] as const)('%s %s is %d of %d', (arm, id, value, n) => expect(metricOf(rows, arm, id)).toMatchObject({ value, n }));

  it.each([
    ['base', 'recall-at-5', 'all', 'reads-no-passages'],
    ['base', 'citation-precision', 'all', 'reads-no-passages'],
    ['base', 'faithfulness', 'all', 'reads-no-passages'],
    ['base', 'refusal-precision', 'all', 'nothing-refused'],
    ['rag', 'refusal-precision', 'held-out', 'one-kind-only'],
    ['rag', 'refusal-recall', 'held-out', 'no-unanswerable-question'],
    ['rag', 'token-f1', 'unanswerable', 'no-answerable-question'],
    ['rag', 'outdated', 'all', 'no-change'],
    ['rag', 'first-token-ms', 'all', 'not-timed'],
  ] as const)('%s %s over %s means nothing: %s', (arm, id, group, reason) => expect(metricOf(rows, arm, id, group)).toEqual({ value: null, reason }));

  it('take times only from answers that were timed', () => {
    const timed = rows.map((each, at) => (at < 2 ? { ...each, arms: { rag: { ...each.arms.rag!, timings: { timeToFirstTokenMs: 100 + 100 * at, totalMs: 300, tokensPerSecond: null } } } } : each));
    expect(metricOf(timed, 'rag', 'first-token-ms')).toMatchObject({ value: 150, n: 2 });
    expect(metricOf(timed, 'rag', 'tokens-per-second')).toMatchObject({ reason: 'not-timed' });
    const chosen = timed.map((each) => ({ ...each, arms: { rag: { ...each.arms.rag!, drafts: [{ taught: true, text: 'x', leastLikely: 0.5, right: true }] } } }));
    expect(metricOf(chosen, 'rag', 'tokens-per-second')).toEqual({ value: null, reason: 'chosen-from-two' });
    expect(metricOf(chosen.slice(2), 'rag', 'tokens-per-second')).toEqual({ value: null, reason: 'not-timed' });
  });

  it('say how far they move from seed to seed', () => {
    const seeded = [0, 1].flatMap((seed) => [row('a', { rag: answer(seed === 0) }, { seed }), row('b', { rag: answer(true) }, { seed })]);
    expect(metricOf(seeded, 'rag', 'accuracy')).toMatchObject({ value: 0.75, seedDeviation: 0.3535534 });
  });

  it('stand in the order of the kinds', () => expect(summarise(rows).filter(({ arm }) => arm === 'rag').map(({ group }) => group)).toEqual(['all', 'held-out', 'unanswerable', 'language:id']));
});

describe('pairs of arms', () => {
  it('count who is right alone, and correct for every question asked of the sample', () => {
    const rows = Array.from({ length: 30 }, (_, at) => row(`q${at}`, { rag: answer(at < 20), 'fine-tuned': answer(at < 10 || at === 29) }));
    const [pair] = comparePairs(rows);
    expect(pair).toMatchObject({ first: 'rag', second: 'fine-tuned', group: 'all', n: 30, clusters: 30, bothRight: 10, onlyFirst: 10, onlySecond: 1, bothWrong: 9, difference: { value: 0.3 } });
    // Python: 2 * (comb(11, 0) + comb(11, 1)) / 2**11.
    expect(pair.p).toBeCloseTo(0.01171875, 4);
    // Two tests: all questions, and the only kind.
    expect(pair.pHolm).toBeCloseTo(2 * pair.pClustered, 4);
    expect(pair.smallestDifference).toBeGreaterThan(0.2);
  });

  it('let a fact of many phrasings speak once', () => {
    const rows = Array.from({ length: 30 }, (_, at) => row(`q${at}`, { rag: answer(true), base: answer(at >= 10) }, { cluster: at < 10 ? 'one fact' : `fact ${at}` }));
    const [pair] = comparePairs(rows);
    expect(pair.p).toBeLessThan(0.01);
    expect(pair.pClustered).toBeGreaterThan(0.5);
    // What is corrected is what the facts say.
    expect(pair.pHolm).toBeGreaterThanOrEqual(pair.pClustered);
  });

  it('take what most seeds say', () => {
    const rows = [0, 1, 2].map((seed) => row('a', { rag: answer(seed > 0), base: answer(seed > 1) }, { seed }));
    expect(comparePairs(rows)[0]).toMatchObject({ n: 1, onlyFirst: 1, onlySecond: 0, difference: { value: 0.3333333 } });
  });
});

describe('leaks', () => {
  it('are counted by what the question was meant to be', () => {
    const rows = [row('a', {}), row('b', {}, { kind: 'seen', meantAs: 'held-out', leak: { level: 'near', trained: 'x', cosine: 0.99 } }), row('c', {}, { kind: 'seen', leak: { level: 'exact', trained: 'c?' } })];
    expect(countLeaks(rows)).toEqual([{ kind: 'held-out', questions: 2, exact: 0, normalised: 0, near: 1 }, { kind: 'seen', questions: 1, exact: 1, normalised: 0, near: 0 }]);
  });
});
