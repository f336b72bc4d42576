import { expect, it } from 'vitest';
import { mergeAdapter } from './merge-adapter.ts';

const tensor = (shape: [number, number], ...data: number[]) => ({ shape, data: Float32Array.from(data) });
const adapter = {
  rank: 1, alpha: 2, hash: 'x',
  tensors: new Map([
    ['base_model.model.model.layers.0.mlp.down_proj.lora_A.weight', tensor([1, 3], 1, 2, 3)],
    ['base_model.model.model.layers.0.mlp.down_proj.lora_B.weight', tensor([2, 1], 10, -1)],
  ]),
};

it('adds alpha/R B A to the layer it was trained for, and nothing to another', () => {
  const weight = Float32Array.of(1, 1, 1, 1, 1, 1);
  mergeAdapter(weight, 'layers.1.mlp.down_proj', adapter);
  expect([...weight]).toEqual([1, 1, 1, 1, 1, 1]);
  mergeAdapter(weight, 'layers.0.mlp.down_proj', adapter);
  expect([...weight]).toEqual([21, 41, 61, -1, -3, -5]);
});
