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
  /** From saving an edited fact to the moment the next question sees it. */
  readonly updateSeconds: readonly number[];
  /** Adapter of the last finished answer; `null` when it used none, `undefined` before the first. */
  readonly adapter: AdapterSummary | null | undefined;
  /** Of the answer that is still coming. */
  readonly pending: { readonly passagesUsed: number; readonly adapter: AdapterSummary | null };
}

const NOTHING_PENDING: ArmMetrics['pending'] = { passagesUsed: 0, adapter: null };

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
      return { ...metrics, failures: metrics.failures + 1, pending: NOTHING_PENDING };
    case 'answer-end': {
      if (event.finish === 'cancelled') return { ...metrics, pending: NOTHING_PENDING };
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
        adapter: pending.adapter,
        pending: NOTHING_PENDING,
      };
    }
    case 'answer-queued':
    case 'text-delta':
    case 'citation-available':
    case 'supports-available':
      return metrics;
  }
}

/** Forgets the answer that was coming, when its reader stopped it. */
export const discardPending = (metrics: ArmMetrics): ArmMetrics => ({ ...metrics, pending: NOTHING_PENDING });

/** Adds the time one edited fact took to reach the approach's answers. */
export const measureUpdate = (metrics: ArmMetrics, seconds: number): ArmMetrics => ({
  ...metrics,
  updateSeconds: [...metrics.updateSeconds, seconds],
});

const withKnown = (values: readonly number[], value: number | null | undefined) => (value == null ? values : [...values, value]);

/** `undefined` for no values: unknown is never 0. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
