/**
 * Intervals by the bootstrap (Efron 1979): how far the figure moves when the sample is drawn again from
 * itself. What is drawn are clusters - facts, with all phrasings of each - since phrasings of one fact are not independent
 * (Field and Welsh 2007); arms that are compared see the same draw, which pairs them.
 */
import { seededRandom } from '../../finetune/random.ts';
import { percentile } from '../percentile.ts';
import { betaQuantile, studentQuantile } from './distributions.ts';

export const RESAMPLES = 2000;
const LEVEL = 0.95;
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

/** The standard deviation of what the resamples came to. */
function spread(values: readonly number[]): number {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / Math.max(1, values.length - 1));
}

const TAIL = (1 - LEVEL) / 2;
/** Student's quantile for so many clusters; of one cluster nothing is known but what a great many would allow. */
const studentFor = (clusters: number): number => studentQuantile(1 - TAIL, Math.max(1, clusters - 1));

/**
 * Clopper and Pearson's interval (1934) of a share `value` of `count`, either of which may be a fraction: 27 of 28 is 0.817 to 0.999, and none of n reaches
 * up to 1 - 0.025^(1/n).
 */
export function exactInterval(value: number, count: number): Interval {
  const met = value * count;
  const missed = count - met;
  return { low: met <= 0 ? 0 : betaQuantile(TAIL, met, missed + 1), high: missed <= 0 ? 1 : betaQuantile(1 - TAIL, met + 1, missed) };
}

/**
 * The share that clusters come to and its interval; `null` when nothing counts. The interval is Clopper and Pearson's for as many independent questions as would vary
 * as much as the bootstrap over clusters does (Korn and Graubard 1998): its percentiles alone are too narrow in small samples near 0 or 1, and say
 * nothing where all is right. Never for more questions than were counted, nor, where all is right or all wrong or there is one cluster only, than there are clusters.
 */
export function ratioInterval(clusters: readonly Part[]): (Interval & { readonly value: number; readonly clusters: number }) | null {
  const parts = clusters.filter(({ denominator }) => denominator > 0);
  const value = ratioOf(parts);
  if (value === null) return null;
  const questions = parts.reduce((sum, { denominator }) => sum + denominator, 0);
  return { value, ...exactInterval(value, effectiveCount(parts, value, questions)), clusters: parts.length };
}

function effectiveCount(parts: readonly Part[], value: number, questions: number): number {
  // Drawn from itself, one cluster always comes to the same.
  if (value <= 0 || value >= 1 || parts.length === 1) return parts.length;
  const deviation = spread(known(resampledRatios(parts)));
  if (deviation < 1e-12) return questions;
  // Few clusters tell their own variance badly: Student's quantile in place of the normal one.
  const few = (studentFor(questions) / studentFor(parts.length)) ** 2;
  return Math.min(questions, ((value * (1 - value)) / deviation ** 2) * few);
}

/**
 * Two shares over the same clusters, first less second, with the bootstrap's standard error of the difference. The interval is Student's, about the difference with one
 * more cluster for the first and one more for the second (after Agresti and Min 2005): where none or few differ, a sample says less than its own spread does.
 */
export function differenceInterval(clusters: readonly { readonly first: Part; readonly second: Part }[]): Interval & { readonly value: number; readonly standardError: number } {
  const [first, second] = [clusters.map((cluster) => cluster.first), clusters.map((cluster) => cluster.second)];
  const value = (ratioOf(first) ?? 0) - (ratioOf(second) ?? 0);
  const [firsts, seconds] = [resampledRatios(first), resampledRatios(second)];
  const standardError = spread(known(firsts.map((ratio, index) => (ratio === null || seconds[index] === null ? null : ratio - seconds[index]!))));
  const count = clusters.length;
  const middle = (value * count) / (count + 2);
  const squares = (count * standardError) ** 2 + count * (value - middle) ** 2 + (1 - middle) ** 2 + (1 + middle) ** 2;
  const margin = (studentFor(count) * Math.sqrt(squares)) / (count + 2);
  return { value, low: Math.max(-1, middle - margin), high: Math.min(1, middle + margin), standardError: standardError > 1e-12 ? standardError : 0 };
}

/** The median of values and its interval; `null` for none. */
export function medianInterval(values: readonly number[]): (Interval & { readonly value: number }) | null {
  const count = values.length;
  if (count === 0) return null;
  // Sorted once: of each resample it is only counted how often a value was drawn.
  const order = [...values.keys()].sort((one, other) => values[one] - values[other]);
  const sorted = order.map((index) => values[index]);
  const places = new Uint32Array(count);
  for (const [place, index] of order.entries()) places[index] = place;
  const sample = draws(count);
  const times = new Uint32Array(count);
  const medians = Array.from({ length: RESAMPLES }, (_, resample) => {
    times.fill(0);
    for (let at = resample * count; at < (resample + 1) * count; at++) times[places[sample[at]]] += 1;
    return middle(sorted, times, count);
  });
  return { value: percentile(values, 0.5)!, ...between(medians) };
}

/** The median of `count` values, the sorted ones as many `times` each. */
function middle(sorted: readonly number[], times: Uint32Array, count: number): number {
  let place = 0;
  let passed = times[0];
  const upTo = (which: number): number => {
    while (passed <= which) passed += times[++place];
    return sorted[place];
  };
  const low = upTo(Math.floor((count - 1) / 2));
  return low + (upTo(Math.ceil((count - 1) / 2)) - low) / 2;
}
