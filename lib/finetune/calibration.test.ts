import { expect, it } from 'vitest';
import { smoothingFactors } from './calibration.ts';

it('gives a large input and small weights the factor that makes both alike', () => {
  // Channel 0: inputs of 8, weights of 2; channel 1: inputs of 1, weights of 4, over two matrices; channel 2 is never used.
  const factors = smoothingFactors(Float32Array.of(8, 1, 0), [Float32Array.of(2, 4, 1, -2, 4, 1), Float32Array.of(2, -4, 1)]);
  expect([...factors]).toEqual([2, 0.5, 1]);
});
