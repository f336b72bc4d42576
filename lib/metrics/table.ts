/** The comparison table as data: for each aspect and approach, readings that say where they come from. */
import type { CommittedFigure, Comparison, FigureId } from '../answer/comparison.ts';
import { isTaught, looksUp, type ApproachId } from '../answer/events.ts';
import { median, NO_METRICS, type ArmMetrics } from './measure.ts';

export const ASPECTS = ['idea', 'retraining', 'flexibility', 'scalability', 'tools', 'fits'] as const;
export type Aspect = (typeof ASPECTS)[number];

export type Metric =
  | FigureId
  | 'weights-changed'
  | 'passages-used'
  | 'prompt-tokens'
  | 'time-to-first-token'
  | 'software';

export type Unit = 'tokens' | 'milliseconds' | 'seconds' | 'share' | 'bytes' | 'count';

export type ReadingValue =
  | { readonly kind: 'amount'; readonly amount: number; readonly unit: Unit }
  | { readonly kind: 'adapter'; readonly rank: number; readonly layers: number }
  | { readonly kind: 'text'; readonly text: string }
  /** Known to be none, which is not the same as unknown. */
  | { readonly kind: 'none' };

export type ReadingSource =
  /** Median over the n answers or updates of this browser session. */
  | { readonly kind: 'measured-here'; readonly n: number }
  /** A committed run and the command that repeats it. */
  | { readonly kind: 'measured-run'; readonly command: string; readonly n?: number; readonly measuredAt?: string }
  /** Read from what is running now. */
  | { readonly kind: 'running' }
  | { readonly kind: 'not-measured' };

export interface Reading {
  readonly metric: Metric;
  /** Names the reading where one metric has several: the piece of software. */
  readonly label?: string;
  readonly value: ReadingValue | undefined;
  readonly source: ReadingSource;
}

export interface TableRow {
  readonly aspect: Aspect;
  readonly cells: readonly { readonly approach: ApproachId; readonly readings: readonly Reading[] }[];
}

/**
 * Builds the rows for the given approaches, in their order. What was measured in this session comes before the
 * figure of a committed run; what neither knows is `not-measured`.
 * @param comparison what the server told; `null` while it has not.
 */
export function tableRows(
  approaches: readonly ApproachId[],
  metrics: Partial<Record<ApproachId, ArmMetrics>>,
  comparison: Comparison | null,
): TableRow[] {
  return ASPECTS.map((aspect) => ({
    aspect,
    cells: approaches.map((approach) => ({
      approach,
      readings: READINGS[aspect]({ approach, metrics: metrics[approach] ?? NO_METRICS, comparison }),
    })),
  }));
}

interface Cell {
  readonly approach: ApproachId;
  readonly metrics: ArmMetrics;
  readonly comparison: Comparison | null;
}

const READINGS: { [A in Aspect]: (cell: Cell) => Reading[] } = {
  idea: (cell) => [
    weightsChanged(cell),
    here('passages-used', cell.metrics.passagesUsed, 'count'),
    here('prompt-tokens', cell.metrics.promptTokens, 'tokens'),
    here('time-to-first-token', cell.metrics.timeToFirstTokenMs, 'milliseconds'),
  ],
  retraining: (cell) => [hereOrFigure(cell, 'update-seconds', cell.metrics.updateSeconds, 'seconds')],
  flexibility: (cell) => [figure(cell, 'changed-score', 'share'), figure(cell, 'untrained-score', 'share')],
  scalability: (cell) => [
    ...(isTaught(cell.approach) ? [adapterFact(cell, 'training-examples', 'count'), adapterFact(cell, 'training-seconds', 'seconds')] : []),
    ...(looksUp(cell.approach) ? [indexFact(cell, 'index-chunks', 'count'), indexFact(cell, 'index-bytes', 'bytes')] : []),
    ...(looksUp(cell.approach) ? [hereOrFigure(cell, 'query-ms', cell.metrics.retrievalMs, 'milliseconds')] : []),
  ],
  tools: (cell) => {
    const uses = (approach: ApproachId | null) => approach === null || (approach === 'rag' && looksUp(cell.approach)) || (approach === 'fine-tuned' && isTaught(cell.approach));
    const running = (cell.comparison?.versions ?? []).filter(({ approach }) => uses(approach));
    if (running.length === 0) return [{ metric: 'software', value: undefined, source: { kind: 'not-measured' } }];
    return running.map(({ name, version }) => ({ metric: 'software', label: name, value: { kind: 'text', text: version }, source: { kind: 'running' } }));
  },
  fits: (cell) => [
    figure(cell, 'held-out-score', 'share'),
    figure(cell, 'refusal-score', 'share'),
    ...(looksUp(cell.approach) ? [figure(cell, 'recall-at-5', 'share')] : []),
  ],
};

function weightsChanged({ metrics: { adapter, answers } }: Cell): Reading {
  const value: ReadingValue | undefined =
    adapter === undefined ? undefined : adapter === null ? { kind: 'none' } : { kind: 'adapter', rank: adapter.rank, layers: adapter.trainedLayers };
  return { metric: 'weights-changed', value, source: value ? { kind: 'measured-here', n: answers } : { kind: 'not-measured' } };
}

function here(metric: Metric, values: readonly number[], unit: Unit): Reading {
  const amount = median(values);
  if (amount === undefined) return { metric, value: undefined, source: { kind: 'not-measured' } };
  return { metric, value: { kind: 'amount', amount, unit }, source: { kind: 'measured-here', n: values.length } };
}

/** What was measured of another adapter than the one that answers now says nothing of it. */
function figure({ approach, comparison }: Cell, metric: FigureId, unit: Unit): Reading {
  const isOfThis = ({ adapter }: CommittedFigure) => adapter === undefined || adapter === comparison?.adapter?.hash;
  const found = comparison?.figures.find((candidate) => candidate.id === metric && candidate.approach === approach && isOfThis(candidate));
  if (found === undefined) return { metric, value: undefined, source: { kind: 'not-measured' } };
  const { value, command, n, measuredAt } = found;
  return { metric, value: { kind: 'amount', amount: value, unit }, source: { kind: 'measured-run', command, n, measuredAt } };
}

const hereOrFigure = (cell: Cell, metric: FigureId, values: readonly number[], unit: Unit): Reading =>
  values.length > 0 ? here(metric, values, unit) : figure(cell, metric, unit);

/** The index that answers is the best source for its own size. */
function indexFact(cell: Cell, metric: 'index-chunks' | 'index-bytes', unit: Unit): Reading {
  const index = cell.comparison?.index;
  if (!index) return figure(cell, metric, unit);
  return { metric, value: { kind: 'amount', amount: metric === 'index-bytes' ? index.bytes : index.chunks, unit }, source: { kind: 'running' } };
}

/** The adapter's card tells how it was trained. */
function adapterFact(cell: Cell, metric: 'training-examples' | 'training-seconds', unit: Unit): Reading {
  const told = figure(cell, metric, unit);
  const adapter = cell.comparison?.adapter;
  if (told.value !== undefined || !adapter) return told;
  const amount = metric === 'training-seconds' ? adapter.trainingSeconds : adapter.examples;
  return amount === null ? told : { metric, value: { kind: 'amount', amount, unit }, source: { kind: 'running' } };
}
