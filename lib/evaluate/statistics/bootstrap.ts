/**
 * Intervals by the bootstrap (Efron 1979): percentiles of what the figure comes to when the sample is drawn again from
 * itself. What is drawn are clusters - facts, with all phrasings of each - since phrasings of one fact are not independent
 * (Field and Welsh 2007); arms that are compared see the same draw, which pairs them.
 */
import { seededRandom } from '../../finetune/random.ts';
import { percentile } from '../percentile.ts';

export const RESAMPLES = 2000;
export const LEVEL = 0.95;
const SEED = 20260101;

/** What one cluster adds to a share: Σ numerator / Σ denominator is the figure. */
export interface Part {
  readonly numerator: number;
  readonly denominator: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A run's groups come in few sizes; older draws make room, since each takes some megabytes. */
const drawn = new Map<number, Uint32Array>();
const KEPT_DRAWS = 8;

/** For each resample, which clusters are in it: `RESAMPLES` times `count` places, the same for every figure over so many clusters. */
function draws(count: number): Uint32Array {
  const known = drawn.get(count);
  if (known) return known;
  const random = seededRandom(SEED + count);
  const made = Uint32Array.from({ length: RESAMPLES * count }, () => Math.floor(random() * count));
  if (drawn.size >= KEPT_DRAWS) drawn.delete(drawn.keys().next().value!);
  drawn.set(count, made);
  return made;
}

function ratioOf(parts: readonly Part[]): number | null {
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0);
  return denominator === 0 ? null : parts.reduce((sum, part) => sum + part.numerator, 0) / denominator;
}

/** The ratio in every resample; those in which nothing counts are left out. */
function resampledRatios(parts: readonly Part[]): (number | null)[] {
  const order = draws(parts.length);
  return Array.from({ length: RESAMPLES }, (_, resample) => {
    let numerator = 0;
    let denominator = 0;
    for (let at = resample * parts.length; at < (resample + 1) * parts.length; at++) {
      numerator += parts[order[at]].numerator;
      denominator += parts[order[at]].denominator;
    }
    return denominator === 0 ? null : numerator / denominator;
  });
}

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
const between = (values: readonly number[]): Interval => ({ low: percentile(values, (1 - LEVEL) / 2)!, high: percentile(values, (1 + LEVEL) / 2)! });

/**
 * The largest share of a kind of cluster that was never met among `count` (Clopper and Pearson 1934, none of n). A sample that
 * is all right or all wrong is all right or all wrong however it is drawn again; the bootstrap would claim certainty.
 */
export const neverMet = (count: number): number => 1 - ((1 - LEVEL) / 2) ** (1 / count);

/** The share that clusters come to and its interval; `null` when nothing counts. */
export function ratioInterval(clusters: readonly Part[]): (Interval & { readonly value: number; readonly clusters: number }) | null {
  const parts = clusters.filter(({ denominator }) => denominator > 0);
  const value = ratioOf(parts);
  if (value === null) return null;
  if (value === 0) return { value, low: 0, high: neverMet(parts.length), clusters: parts.length };
  if (value === 1) return { value, low: 1 - neverMet(parts.length), high: 1, clusters: parts.length };
  return { value, ...between(known(resampledRatios(parts))), clusters: parts.length };
}

/** Two shares over the same clusters, first less second, with the standard error of the difference. */
export function differenceInterval(clusters: readonly { readonly first: Part; readonly second: Part }[]): Interval & { readonly value: number; readonly standardError: number } {
  const [first, second] = [clusters.map((cluster) => cluster.first), clusters.map((cluster) => cluster.second)];
  const value = (ratioOf(first) ?? 0) - (ratioOf(second) ?? 0);
  const [firsts, seconds] = [resampledRatios(first), resampledRatios(second)];
  const differences = known(firsts.map((ratio, index) => (ratio === null || seconds[index] === null ? null : ratio - seconds[index]!)));
  const average = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  const standardError = Math.sqrt(differences.reduce((sum, difference) => sum + (difference - average) ** 2, 0) / Math.max(1, differences.length - 1));
  if (standardError > 1e-12) return { value, ...between(differences), standardError };
  const unseen = neverMet(clusters.length);
  return { value, low: Math.max(-1, value - unseen), high: Math.min(1, value + unseen), standardError: 0 };
}

/** The median of values and its interval; `null` for none. */
export function medianInterval(values: readonly number[]): (Interval & { readonly value: number }) | null {
  if (values.length === 0) return null;
  const order = draws(values.length);
  const medians = Array.from({ length: RESAMPLES }, (_, resample) => percentile(Array.from({ length: values.length }, (__, at) => values[order[resample * values.length + at]]), 0.5)!);
  return { value: percentile(values, 0.5)!, ...between(medians) };
}
