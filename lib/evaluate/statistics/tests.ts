/** Tests of whether two arms differ, and the correction for asking more than once. */
import { seededRandom } from '../../finetune/random.ts';

/**
 * McNemar's exact test, two-sided (McNemar 1947, by the binomial distribution): of the questions that only one arm has right,
 * as many should be the one's as the other's. 1 when there are none.
 */
export function mcNemarExact(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  // In logarithms, since 2^-n is 0 in floating point from n = 1075 on.
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}

const FLIPS = 10_000;

/**
 * Sign-flip permutation test over clusters (Fisher 1935), two-sided: were the arms alike, each cluster's difference would have come out with
 * either sign. `differences`: of each cluster, right answers of the first arm less those of the second. Exact where they are whole numbers;
 * fractions, of several seeds, are flipped 10,000 times at random, which gives no p below 1 / 10,001.
 */
export function signFlip(differences: readonly number[]): number {
  const moving = differences.filter((difference) => difference !== 0);
  if (moving.length === 0) return 1;
  const observed = Math.abs(moving.reduce((sum, difference) => sum + difference, 0));
  return moving.every(Number.isInteger) ? exactFlips(moving.map(Math.abs), observed) : randomFlips(moving, observed);
}

/** Of all sign patterns the share whose sum is at least as far from 0: the distribution of the sum, cluster by cluster. */
function exactFlips(sizes: readonly number[], observed: number): number {
  const furthest = sizes.reduce((sum, size) => sum + size, 0);
  let chances = new Float64Array(2 * furthest + 1);
  chances[furthest] = 1;
  for (const size of sizes) {
    const next = new Float64Array(chances.length);
    chances.forEach((chance, at) => {
      if (chance === 0) return;
      next[at + size] += chance / 2;
      next[at - size] += chance / 2;
    });
    chances = next;
  }
  return Math.min(1, chances.reduce((sum, chance, at) => (Math.abs(at - furthest) >= observed ? sum + chance : sum), 0));
}

function randomFlips(moving: readonly number[], observed: number): number {
  const random = seededRandom(moving.length);
  let asFar = 0;
  for (let flip = 0; flip < FLIPS; flip++) {
    let sum = 0;
    for (const difference of moving) sum += random() < 0.5 ? difference : -difference;
    // Of fractions a hair's breadth is no difference.
    if (Math.abs(sum) >= observed - 1e-9) asFar += 1;
  }
  return (asFar + 1) / (FLIPS + 1);
}

/** Holm's step-down correction (1979): each p with what it comes to when all of them were asked at once, in the order given. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((one, other) => ps[one] - ps[other]);
  const adjusted = new Array<number>(ps.length);
  let before = 0;
  order.forEach((index, rank) => {
    before = Math.max(before, Math.min(1, (ps.length - rank) * ps[index]));
    adjusted[index] = before;
  });
  return adjusted;
}

/** Standard normal quantiles of 0.975 and 0.8: two-sided 5 %, found four times in five. */
const TWO_SIDED = 1.959964;
const POWER = 0.841621;
/** Fewer questions that only one arm has right can never reach p < 0.05: 2 · 2^-5 = 0.0625. */
const LEAST_DISCORDANT = 6;

/**
 * The smallest difference that a sample shows with 80 % power at the two-sided 5 % level (Cohen 1988): (z₀.₉₇₅ + z₀.₈) standard
 * errors, and never less than what McNemar's exact test can tell at all. At most 1.
 */
export const smallestDifference = (standardError: number, questions: number): number => Math.min(1, Math.max((TWO_SIDED + POWER) * standardError, LEAST_DISCORDANT / questions));
