import { describe, expect, it } from 'vitest';
import type { AnswerEvent } from '../answer/events.ts';
import type { Passage } from '../answer/passage.ts';
import { beginAnswer, discardPending, measure, measureIndexing, median, NO_METRICS, type ArmMetrics } from './measure.ts';

const passage = (rank: number, used: boolean): Passage => ({ id: `d#${rank}`, documentId: 'd', documentTitle: 'D', headings: [], text: '', rank, score: 1, cosine: null, bm25: null, used });
const start: AnswerEvent = { type: 'answer-start', approach: 'rag', questionId: 'q', promptTokens: 400, adapter: null, provenance: { baseHash: 'b', adapters: [], promptHash: 'p', indexHash: null } };
const end = (timings: Partial<Extract<AnswerEvent, { type: 'answer-end' }>['timings']> = {}, finish: 'stop' | 'cancelled' = 'stop'): AnswerEvent => ({
  type: 'answer-end',
  finish,
  timings: { queuedMs: 0, timeToFirstTokenMs: 200, totalMs: 900, promptTokens: 400, cachedPromptTokens: 0, completionTokens: 40, tokensPerSecond: 70, ...timings },
});
const passages: AnswerEvent = { type: 'passages-available', passages: [passage(1, true), passage(2, true), passage(3, false)], retrievalMs: 20 };
const fold = (...events: AnswerEvent[]) => events.reduce(measure, NO_METRICS);

describe('measure', () => {
  it('adds one entry for each finished answer', () => {
    const metrics = fold(passages, start, { type: 'text-delta', text: 'x' }, end({ retrievalMs: 20 }), start, end({ totalMs: 1100 }));
    expect(metrics).toMatchObject({ answers: 2, promptTokens: [400, 400], passagesUsed: [2, 0], retrievalMs: [20], totalMs: [900, 1100], tokensPerSecond: [70, 70], adapter: null });
  });

  it('leaves unknown figures out instead of counting them as 0', () => {
    expect(fold(start, end({ timeToFirstTokenMs: null, tokensPerSecond: null }))).toMatchObject({ answers: 1, timeToFirstTokenMs: [], tokensPerSecond: [] });
  });

  it.each([
    ['cancelled', end({}, 'cancelled'), { answers: 0, failures: 0 }],
    ['failed', { type: 'answer-error', problem: { code: 'x', message: 'x' } } satisfies AnswerEvent, { answers: 0, failures: 1 }],
  ])('takes no figures from a %s answer, and none of its passages into the next', (_name, last, expected) => {
    const metrics = fold(passages, start, last);
    expect(metrics).toMatchObject({ ...expected, totalMs: [], adapter: undefined });
    expect([start, end()].reduce(measure, metrics).passagesUsed).toEqual([0]);
  });

  it('forgets the passages of an answer that was stopped', () => {
    expect([start, end()].reduce(measure, discardPending(fold(passages))).passagesUsed).toEqual([0]);
  });

  it('times an edited fact from its saving to the end of the next answer', () => {
    const edited = measureIndexing(fold(start, end()), 0.2);
    expect(edited.updateSeconds).toEqual([]);
    const answered = [start, end({ totalMs: 900 })].reduce(measure, beginAnswer(edited));
    expect(answered.updateSeconds).toEqual([1.1]);
    expect([start, end()].reduce(measure, beginAnswer(answered)).updateSeconds).toEqual([1.1]);
  });

  it.each([
    ['stopped', (metrics: ArmMetrics) => discardPending(metrics)],
    ['cancelled', (metrics: ArmMetrics) => measure(metrics, end({}, 'cancelled'))],
    ['failed', (metrics: ArmMetrics) => measure(metrics, { type: 'answer-error', problem: { code: 'x', message: 'x' } })],
  ])('lets an edited fact wait for another answer when one is %s', (_name, spoil) => {
    const spoiled = spoil(beginAnswer(measureIndexing(NO_METRICS, 0.2)));
    expect(spoiled.updateSeconds).toEqual([]);
    expect(measure(beginAnswer(spoiled), end({ totalMs: 300 })).updateSeconds).toEqual([0.5]);
  });

  it('does not take an answer that was under way for one that saw the edit', () => {
    const underWay = measureIndexing(beginAnswer(NO_METRICS), 0.2);
    const over = measure(underWay, end());
    expect(over.updateSeconds).toEqual([]);
    expect(measure(beginAnswer(over), end({ totalMs: 300 })).updateSeconds).toEqual([0.5]);
  });

  it('does not change what it was given', () => {
    const before = fold(start, end());
    const copy = structuredClone(before);
    measure(before, end());
    measureIndexing(before, 3);
    beginAnswer(before);
    expect(before).toEqual(copy);
  });
});

describe('median', () => {
  it.each([
    [[], undefined],
    [[4], 4],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %s', (values, expected) => expect(median(values)).toBe(expected));
});
