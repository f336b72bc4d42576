import type { AdapterSummary, AnswerEvent } from '../answer/events.ts';

/**
 * What one approach has shown in this session, all by the server's clock. Lists hold one entry per finished
 * answer (or per update of a fact); a cancelled or failed answer adds no figures.
 */
export interface ArmMetrics {
  readonly answers: number;
  readonly failures: number;
  readonly promptTokens: readonly number[];
  readonly passagesUsed: readonly number[];
  readonly retrievalMs: readonly number[];
  readonly timeToFirstTokenMs: readonly number[];
  readonly totalMs: readonly number[];
  readonly tokensPerSecond: readonly number[];
  /** From saving an edited fact to the end of the first answer that was asked for after it. */
  readonly updateSeconds: readonly number[];
  /** What indexing the last edit took, while no answer has begun since; `null` when there is none. */
  readonly indexingSeconds: number | null;
  /** Adapter of the last finished answer; `null` when it used none, `undefined` before the first. */
  readonly adapter: AdapterSummary | null | undefined;
  /** Of the answer that is still coming. */
  readonly pending: { readonly passagesUsed: number; readonly adapter: AdapterSummary | null; readonly indexingSeconds: number | null };
}

const NOTHING_PENDING: ArmMetrics['pending'] = { passagesUsed: 0, adapter: null, indexingSeconds: null };

export const NO_METRICS: ArmMetrics = {
  answers: 0,
  failures: 0,
  promptTokens: [],
  passagesUsed: [],
  retrievalMs: [],
  timeToFirstTokenMs: [],
  totalMs: [],
  tokensPerSecond: [],
  updateSeconds: [],
  indexingSeconds: null,
  adapter: undefined,
  pending: NOTHING_PENDING,
};

/** Folds one event of an approach into what it has shown so far. */
export function measure(metrics: ArmMetrics, event: AnswerEvent): ArmMetrics {
  const { pending } = metrics;
  switch (event.type) {
    case 'passages-available':
      return { ...metrics, pending: { ...pending, passagesUsed: event.passages.filter((passage) => passage.used).length } };
    case 'answer-start':
      return { ...metrics, pending: { ...pending, adapter: event.adapter } };
    case 'answer-error':
      return { ...discardPending(metrics), failures: metrics.failures + 1 };
    case 'answer-end': {
      if (event.finish === 'cancelled') return discardPending(metrics);
      const { promptTokens, retrievalMs, timeToFirstTokenMs, totalMs, tokensPerSecond } = event.timings;
      return {
        ...metrics,
        answers: metrics.answers + 1,
        promptTokens: [...metrics.promptTokens, promptTokens],
        passagesUsed: [...metrics.passagesUsed, pending.passagesUsed],
        retrievalMs: withKnown(metrics.retrievalMs, retrievalMs),
        timeToFirstTokenMs: withKnown(metrics.timeToFirstTokenMs, timeToFirstTokenMs),
        totalMs: [...metrics.totalMs, totalMs],
        tokensPerSecond: withKnown(metrics.tokensPerSecond, tokensPerSecond),
        updateSeconds: withKnown(metrics.updateSeconds, pending.indexingSeconds === null ? null : pending.indexingSeconds + totalMs / 1000),
        adapter: pending.adapter,
        pending: NOTHING_PENDING,
      };
    }
    case 'answer-queued':
    case 'text-delta':
    case 'citation-available':
    case 'supports-available':
    case 'drafts-available':
      return metrics;
  }
}

/** Forgets the answer that was coming, when it failed or its reader stopped it; an edit that it would have shown waits for the next. */
export const discardPending = (metrics: ArmMetrics): ArmMetrics => ({
  ...metrics,
  indexingSeconds: metrics.indexingSeconds ?? metrics.pending.indexingSeconds,
  pending: NOTHING_PENDING,
});

/** An answer begins: it sees the edits made until now, not those made while it is on its way. */
export function beginAnswer(metrics: ArmMetrics): ArmMetrics {
  const { indexingSeconds, ...rest } = discardPending(metrics);
  return { ...rest, indexingSeconds: null, pending: { ...NOTHING_PENDING, indexingSeconds } };
}

/** An edited fact was saved, and indexing it took so long: one part of what it takes until it is answered. */
export const measureIndexing = (metrics: ArmMetrics, seconds: number): ArmMetrics => ({ ...metrics, indexingSeconds: seconds });

const withKnown = (values: readonly number[], value: number | null | undefined) => (value == null ? values : [...values, value]);

/** `undefined` for no values: unknown is never 0. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
