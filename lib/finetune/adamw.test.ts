import { describe, expect, it } from 'vitest';
import { adamWStep, initialState } from './adamw.ts';

const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, clipNorm: 1 };

describe('AdamW', () => {
  it('takes the steps of torch.optim.AdamW with clip_grad_norm_', () => {
    // torch 2.13: AdamW([0.5, -1, 2], lr=0.1, weight_decay=0.01), gradients clipped to norm 1.
    const gradients = [[0.3, -0.1, 0.2], [3, 4, 0], [-0.2, 0, 0.1]];
    const expected = [[0.3995, -0.899, 1.898], [0.3025823, -0.9636337, 1.8290962], [0.2490464, -1.013327, 1.7523575]];
    let state = initialState(Float32Array.of(0.5, -1, 2));
    for (const [step, gradient] of gradients.entries()) {
      const taken = adamWStep(state, Float32Array.from(gradient), 0.1, settings);
      state = taken.state;
      expect(taken.gradientNorm).toBeCloseTo(Math.hypot(...gradient), 5);
      expected[step].forEach((value, index) => expect(state.parameters[index]).toBeCloseTo(value, 5));
    }
    expect(state.step).toBe(3);
  });

  it('leaves the given state as it was', () => {
    const state = initialState(Float32Array.of(1, 2));
    adamWStep(state, Float32Array.of(1, 1), 0.1, settings);
    expect(state).toEqual(initialState(Float32Array.of(1, 2)));
  });

  it('ends where it ends with memory of its own when it is lent the memory of an old state', () => {
    const start = initialState(Float32Array.of(1, 2));
    const first = adamWStep(start, Float32Array.of(1, -1), 0.1, settings).state;
    const second = adamWStep(first, Float32Array.of(0.5, 1), 0.1, settings).state;
    const lent = adamWStep(first, Float32Array.of(0.5, 1), 0.1, settings, start).state;
    expect(lent).toEqual(second);
    expect(lent.parameters).toBe(start.parameters);
  });

  it('does not clip when the limit is 0', () => {
    const free = adamWStep(initialState(Float32Array.of(0)), Float32Array.of(100), 0.1, { ...settings, clipNorm: 0 });
    expect(free.state.firstMoment[0]).toBeCloseTo(10, 5);
  });
});
