import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../finetune/random.ts';
import { differenceInterval, exactInterval, medianInterval, ratioInterval, type Interval } from './bootstrap.ts';
import { incompleteBeta, studentQuantile } from './distributions.ts';
import { holm, mcNemarExact, signFlip, smallestDifference } from './tests.ts';

describe("McNemar's exact test", () => {
  // Second opinion: Python, 2 * sum(comb(n, i) for i in range(min(b, c) + 1)) / 2**n in whole numbers.
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [5, 0, 0.0625],
    [6, 0, 0.03125],
    [1, 9, 0.021484375],
    [9, 1, 0.021484375],
    [12, 25, 0.04703103],
    [10, 10, 1],
    [40, 60, 0.05688793],
  ])('%i against %i', (b, c, p) => expect(mcNemarExact(b, c)).toBeCloseTo(p, 7));

  it('stays a number where 2^-n is none', () => {
    expect(mcNemarExact(900, 1100)).toBeCloseTo(8.457089535503927e-6, 12);
  });
});

describe("Holm's correction", () => {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
  it('is that of R', () => expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02]));
  it('never passes 1', () => expect(holm([0.6, 0.9])).toEqual([1, 1]));
  it('leaves one test as it is', () => expect(holm([0.03])).toEqual([0.03]));
});

describe('the sign-flip test', () => {
  it('comes to the exact share of sign patterns', () => {
    // Five clusters that all moved one way: 2 of 32 patterns are as far.
    expect(signFlip([1, 1, 1, 1, 1, 0, 0])).toBe(2 / 32);
    // {3, 1, -1}: |±3 ±1 ±1| >= 3 in 6 of 8.
    expect(signFlip([3, 1, 1])).toBe(2 / 8);
    expect(signFlip([3, 1, -1])).toBe(6 / 8);
    expect(signFlip(Array(60).fill(1))).toBeCloseTo(2 ** -59, 25);
  });
  it('is McNemar’s where every cluster is one question', () => {
    for (const [first, second] of [[8, 0], [9, 3], [40, 25], [5, 5]]) expect(signFlip([...Array(first).fill(1), ...Array(second).fill(-1)])).toBeCloseTo(mcNemarExact(first, second), 12);
  });
  it('comes near the exact share for fractions', () => {
    expect(signFlip([0.5, 0.5, 0.5, 0.5, 0.5])).toBeCloseTo(2 / 32, 1);
    expect(signFlip([1.5, 0.5, -0.5])).toBeCloseTo(6 / 8, 1);
  });
  it('knows no difference', () => {
    expect(signFlip([])).toBe(1);
    expect(signFlip([0, 0])).toBe(1);
    expect(signFlip([1, -1])).toBe(1);
  });
});

describe('quantiles', () => {
  // Second opinion: SciPy 1.17, beta.cdf and t.ppf, and beta.ppf at the ends of Clopper and Pearson's interval.
  it('are those of SciPy', () => {
    expect(incompleteBeta(0.3, 2.5, 4.5)).toBeCloseTo(0.40653901668245934, 12);
    for (const [degrees, quantile] of [[5, 2.5705818356363146], [11, 2.200985160091639], [27, 2.0518305164802846], [100, 1.9839715185235518]]) expect(studentQuantile(0.975, degrees)).toBeCloseTo(quantile, 10);
    for (const [met, count, low, high] of [[27, 28, 0.8165224024553763, 0.999096201244342], [38, 41, 0.8007540216233371, 0.9846485284665834], [10, 12, 0.5158622513140328, 0.9791374745399076], [12.5, 30.2, 0.2387169927610079, 0.6066407390840385]]) {
      const interval = exactInterval(met / count, count);
      expect(interval.low).toBeCloseTo(low, 10);
      expect(interval.high).toBeCloseTo(high, 10);
    }
  });
});

/** The share of samples whose interval holds the truth. */
function coverage(samples: number, intervalOf: (random: () => number) => Interval, truth: number): number {
  const random = seededRandom(7);
  const covered = Array.from({ length: samples }, () => intervalOf(random)).filter(({ low, high }) => low <= truth && truth <= high);
  return covered.length / samples;
}

const shares = (values: readonly number[]) => values.map((numerator) => ({ numerator, denominator: 1 }));

describe('the bootstrap', () => {
  it('comes to the normal interval of a share in a large sample', () => {
    const n = 400;
    const interval = ratioInterval(shares(Array.from({ length: n }, (_, at) => Number(at % 10 < 3))))!;
    const error = 1.96 * Math.sqrt((0.3 * 0.7) / n);
    expect(interval.value).toBeCloseTo(0.3, 12);
    expect(Math.abs(interval.low - (0.3 - error))).toBeLessThan(0.008);
    expect(Math.abs(interval.high - (0.3 + error))).toBeLessThan(0.008);
  });

  it('is as wide as the number of facts allows, not of phrasings', () => {
    // 40 facts of 10 phrasings, each fact all right or all wrong: the phrasings add nothing.
    const facts = Array.from({ length: 40 }, (_, at) => ({ numerator: at % 2 ? 10 : 0, denominator: 10 }));
    const interval = ratioInterval(facts)!;
    const error = 1.96 * Math.sqrt(0.25 / 40);
    expect(Math.abs(interval.high - interval.low - 2 * error)).toBeLessThan(0.03);
    expect(interval.clusters).toBe(40);
  });

  // The percentiles of the bootstrap covered 0.925 in 84 to 86 of 100 samples of these sizes.
  it.each([[8, 0.9], [12, 0.925], [24, 0.925], [41, 0.97], [80, 0.4]])('covers the truth at least 95 times in 100: %i questions, share %f', (n, truth) => {
    const covered = coverage(200, (random) => ratioInterval(shares(Array.from({ length: n }, () => Number(random() < truth))))!, truth);
    expect(covered).toBeGreaterThanOrEqual(0.93);
  });

  it('covers the truth where phrasings of a fact go together', () => {
    const covered = coverage(200, (random) => ratioInterval(Array.from({ length: 30 }, () => ({ numerator: random() < 0.8 ? 4 : 0, denominator: 4 })))!, 0.8);
    expect(covered).toBeGreaterThanOrEqual(0.92);
    expect(covered).toBeLessThan(1);
  });

  it('covers the difference of two arms', () => {
    const covered = coverage(200, (random) => differenceInterval(Array.from({ length: 24 }, () => {
      const hard = random();
      return { first: { numerator: Number(hard < 0.9), denominator: 1 }, second: { numerator: Number(hard < 0.75), denominator: 1 } };
    })), 0.15);
    expect(covered).toBeGreaterThanOrEqual(0.93);
  });

  it('claims no certainty for a sample all right or all wrong, and less for a worse one', () => {
    // Clopper and Pearson for 0 of 10: 0 to 0.3085.
    expect(ratioInterval(shares(Array(10).fill(0)))).toMatchObject({ low: 0, high: expect.closeTo(0.3085, 4) });
    const all = ratioInterval(shares(Array(28).fill(1)))!;
    const allButOne = ratioInterval(shares([...Array(27).fill(1), 0]))!;
    expect(all.high).toBe(1);
    expect(allButOne.low).toBeLessThan(all.low);
    expect(allButOne.high).toBeLessThan(1);
    const pairs = (differing: number) => Array.from({ length: 28 }, (_, at) => ({ first: { numerator: 1, denominator: 1 }, second: { numerator: Number(at >= differing), denominator: 1 } }));
    const [alike, one] = [differenceInterval(pairs(0)), differenceInterval(pairs(1))];
    expect(alike).toMatchObject({ value: 0, low: -alike.high });
    expect(alike.high).toBeGreaterThan(0.05);
    expect(one.high - one.low).toBeGreaterThan(alike.high - alike.low);
  });

  it('says no less for phrasings of one fact that go together than for the fact alone', () => {
    expect(ratioInterval([{ numerator: 4, denominator: 4 }, { numerator: 3, denominator: 3 }])).toMatchObject({ low: exactInterval(1, 2).low, high: 1 });
  });

  it('says of one fact whose phrasings differ no more than of one fact', () => {
    const [mixed, one] = [ratioInterval([{ numerator: 4, denominator: 5 }])!, ratioInterval([{ numerator: 5, denominator: 5 }])!];
    expect(one).toMatchObject({ low: expect.closeTo(0.025, 10), high: 1 });
    expect(mixed).toMatchObject({ value: 0.8, ...exactInterval(0.8, 1) });
    expect(mixed.high - mixed.low).toBeGreaterThan(one.high - one.low);
  });

  it('leaves out what does not count, and is nothing when nothing does', () => {
    expect(ratioInterval([{ numerator: 0, denominator: 0 }, { numerator: 1, denominator: 2 }, { numerator: 2, denominator: 2 }])).toMatchObject({ value: 0.75, clusters: 2 });
    expect(ratioInterval([{ numerator: 0, denominator: 0 }])).toBeNull();
    expect(medianInterval([])).toBeNull();
  });

  it('pairs two arms: what both have in common does not widen their difference', () => {
    // Hard and easy facts vary much; the first arm is right on five more of forty.
    const clusters = Array.from({ length: 40 }, (_, at) => ({ first: { numerator: Number(at < 25), denominator: 1 }, second: { numerator: Number(at < 20), denominator: 1 } }));
    const { value, low, high, standardError } = differenceInterval(clusters);
    expect(value).toBeCloseTo(0.125, 12);
    // Paired: sd of the 40 differences is sqrt(0.125 · 0.875); unpaired it would be twice that.
    expect(standardError).toBeCloseTo(Math.sqrt((0.125 * 0.875) / 40), 2);
    // Five of five for one arm: McNemar's exact p is 0.0625, so 0 is all but left out. Unpaired, the interval would reach down to -0.09.
    expect(low).toBeCloseTo(0, 1);
    expect(low).toBeGreaterThan(-0.01);
    expect(high).toBeLessThan(0.27);
  });

  it('gives the same interval each time', () => expect(ratioInterval(shares([1, 0, 0, 1, 1]))).toEqual(ratioInterval(shares([1, 0, 0, 1, 1]))));

  it('holds the median', () => {
    const interval = medianInterval(Array.from({ length: 41 }, (_, at) => at))!;
    expect(interval.value).toBe(20);
    // The order statistics that bound a median of 41 at 95 %: the 14th and the 28th, that is 13 and 27.
    expect(Math.abs(interval.low - 13)).toBeLessThanOrEqual(1.5);
    expect(Math.abs(interval.high - 27)).toBeLessThanOrEqual(1.5);
  });

  it('holds the median as it is found by sorting every resample, ties and even numbers of values included', () => {
    // Before, each resample was sorted; these are what that came to.
    const values = (count: number) => Array.from({ length: count }, (_, at) => Math.round(((at * 7919) % 97) / 3) / 4);
    expect([1, 2, 7, 40].map((count) => medianInterval(values(count)))).toEqual([
      { value: 0, low: 0, high: 0 },
      { value: 2.625, low: 0, high: 5.25 },
      { value: 4.5, low: 1.5, high: 6.75 },
      { value: 3.875, low: 2.75, high: 5.25 },
    ]);
  });

  it('takes no longer for a median than for a few shares: a report is summed up where pages are served', () => {
    const least = (work: () => unknown): number => Math.min(...Array.from({ length: 3 }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }));
    const values = Array.from({ length: 600 }, (_, at) => (at * 7919) % 601);
    medianInterval(values);
    expect(least(() => medianInterval(values))).toBeLessThan(20 * least(() => ratioInterval(shares(values.map((value) => value % 2)))));
  });
});

describe('the smallest difference', () => {
  it('is 2.8 standard errors', () => expect(smallestDifference(0.02, 1000)).toBeCloseTo(0.05603, 4));
  it('is never less than six questions', () => expect(smallestDifference(0, 60)).toBeCloseTo(0.1, 12));
  it('is at most all of them', () => expect(smallestDifference(0, 3)).toBe(1));
});
