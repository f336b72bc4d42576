import { describe, expect, it } from 'vitest';
import { createSampler, greedy, probability } from './sampler.ts';

const logits = Float32Array.from([Math.log(0.5), Math.log(0.3), Math.log(0.2), -Infinity]);

function shares(temperature: number, seed: number, draws = 20_000): number[] {
  const sample = createSampler(temperature, seed);
  const counts = [0, 0, 0, 0];
  for (let index = 0; index < draws; index++) counts[sample(logits)]++;
  return counts.map((count) => count / draws);
}

describe('greedy', () => {
  it('takes the largest, and the first of equals', () => {
    expect(greedy(Float32Array.from([-3, 2, 1]))).toBe(1);
    expect(greedy(Float32Array.from([0, 5, 5]))).toBe(1);
  });

  it('is the default', () => {
    expect(createSampler()(Float32Array.from([0.1, 0.3, 0.2]))).toBe(1);
  });

  it('refuses logits that are not numbers', () => {
    expect(() => greedy(Float32Array.from([1, NaN, 2]))).toThrow('token 1');
    expect(() => greedy(Float32Array.from([NaN, 1]))).toThrow('token 0');
  });
});

it('a token is as likely as the softmax says, however large the logits', () => {
  expect([0, 1, 2, 3].map((token) => probability(logits, token))).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.3, 6), expect.closeTo(0.2, 6), 0]);
  expect(probability(Float32Array.from([1000, 1000 - Math.log(3)]), 1)).toBeCloseTo(0.25, 4);
});

describe('sampling', () => {
  it('draws each token as often as its probability says', () => {
    const [first, second, third, impossible] = shares(1, 7);
    // Five standard deviations of a share of 20,000 draws are below 0.018.
    expect(Math.abs(first - 0.5)).toBeLessThan(0.018);
    expect(Math.abs(second - 0.3)).toBeLessThan(0.018);
    expect(Math.abs(third - 0.2)).toBeLessThan(0.018);
    expect(impossible).toBe(0);
  });

  it('sharpens with a lower temperature', () => {
    // 0.5², 0.3², 0.2² over their sum
    expect(Math.abs(shares(0.5, 3)[0] - 0.25 / 0.38)).toBeLessThan(0.018);
  });

  it('repeats itself with the same seed and differs with another', () => {
    const sequence = (seed: number): number[] => {
      const sample = createSampler(1, seed);
      return Array.from({ length: 40 }, () => sample(logits));
    };
    expect(sequence(1)).toEqual(sequence(1));
    expect(sequence(1)).not.toEqual(sequence(2));
    expect(sequence(0).slice(1)).not.toEqual(sequence(1).slice(0, -1));
  });

  it('survives huge and infinite logits', () => {
    const sample = createSampler(0.01, 1);
    expect(sample(Float32Array.from([-1e30, 1e30, 0]))).toBe(1);
    expect(sample(Float32Array.from([0, Infinity, 1]))).toBe(1);
    expect(sample(Float32Array.from([-Infinity, -Infinity, -5]))).toBe(2);
  });
});
