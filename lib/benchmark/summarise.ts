import { percentile } from '../evaluate/percentile.ts';
import type { Reading, Series } from './types.ts';

export interface Summary extends Series {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Whether the median reaches the goal; `null` without one. */
  readonly reached: boolean | null;
}

/** Median and range of what was measured. Throws when nothing was. */
export function summarise(series: Series): Summary {
  const median = percentile(series.values, 0.5);
  if (median === null) throw new Error(`"${series.figure}" was never measured.`);
  return { ...series, median, least: Math.min(...series.values), most: Math.max(...series.values), reached: reaches(median, series.goal) };
}

function reaches(value: number, goal: Reading['goal']): boolean | null {
  if (goal === undefined) return null;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** Cells of a row: variant, figure, median, range, unit, goal. */
export function summaryCells({ variant, figure, median, least, most, unit, goal, reached }: Summary): string[] {
  const target = goal === undefined ? '' : `${'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`} ${reached ? 'reached' : 'missed'}`;
  return [variant, figure, short(median), `${short(least)} – ${short(most)}`, unit, target];
}

/** Three figures that mean something. */
const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
