import { describe, expect, it } from 'vitest';
import { DamagedArtifactError } from '../system/errors.ts';
import { PROJECTION_GROUPS, projectionSize, type ProjectionGroup, type ProjectionName } from '../transformer/configuration.ts';
import { TINY_CONFIGURATION as tiny } from '../transformer/testing/tiny-decoder.ts';
import { adaptedLayers, packAdapter, tensorName, type AdapterTensor } from './pack-adapter.ts';

const rank = 3;
const alpha = 6;
const lastLayer = tiny.layers - 1;

const filled = (shape: [number, number], seed: number): AdapterTensor => ({ shape, data: Float32Array.from({ length: shape[0] * shape[1] }, (_, index) => Math.sin(seed + 7 * index)) });

/** Matrices for every projection of the last layer. */
function lastLayerTensors(): Map<string, AdapterTensor> {
  const tensors = new Map<string, AdapterTensor>();
  for (const [seed, name] of Object.values(PROJECTION_GROUPS).flat().entries()) {
    const { input, output } = projectionSize(tiny, name);
    tensors.set(tensorName(lastLayer, name, 'A'), filled([rank, input], seed));
    tensors.set(tensorName(lastLayer, name, 'B'), filled([output, rank], seed + 0.5));
  }
  return tensors;
}

/** alpha/R (x A^T) B^T, written out. */
function plainFormula(tensors: ReadonlyMap<string, AdapterTensor>, name: ProjectionName, x: readonly number[]): number[] {
  const { output } = projectionSize(tiny, name);
  const a = tensors.get(tensorName(lastLayer, name, 'A'))!.data;
  const b = tensors.get(tensorName(lastLayer, name, 'B'))!.data;
  const low = Array.from({ length: rank }, (_, r) => x.reduce((sum, value, k) => sum + value * a[r * x.length + k], 0));
  return Array.from({ length: output }, (_, n) => (alpha / rank) * low.reduce((sum, value, r) => sum + value * b[n * rank + r], 0));
}

/** (a x)^T b with a (M*R, K) and b (M*R, N). */
function packedProduct(a: Float32Array, b: Float32Array, x: readonly number[]): number[] {
  const columns = a.length / x.length;
  const output = b.length / columns;
  const low = Array.from({ length: columns }, (_, c) => x.reduce((sum, value, k) => sum + value * a[c * x.length + k], 0));
  return Array.from({ length: output }, (_, n) => low.reduce((sum, value, c) => sum + value * b[c * output + n], 0));
}

describe('packing an adapter', () => {
  const tensors = lastLayerTensors();
  const packed = packAdapter({ rank, alpha, tensors }, tiny);

  it.each(Object.keys(PROJECTION_GROUPS) as ProjectionGroup[])('gives %s the outputs of its members, side by side', (group) => {
    const members: readonly ProjectionName[] = PROJECTION_GROUPS[group];
    const x = Array.from({ length: projectionSize(tiny, members[0]).input }, (_, k) => Math.cos(k));
    const { a, b } = packed.layers[lastLayer][group];
    const expected = members.flatMap((name) => plainFormula(tensors, name, x));
    const got = packedProduct(a, b, x);
    expect(got).toHaveLength(expected.length);
    for (const [index, value] of got.entries()) expect(value).toBeCloseTo(expected[index], 4);
  });

  it('is zero in layers that were not trained', () => {
    for (const { a, b } of Object.values(packed.layers[0])) expect([...a, ...b].every((value) => value === 0)).toBe(true);
    expect(adaptedLayers(tensors.keys())).toBe(1);
  });

  it('refuses a tensor of another shape, naming both', () => {
    const name = tensorName(lastLayer, 'mlp.down_proj', 'A');
    const wrong = new Map(tensors).set(name, filled([rank, 5], 1));
    expect(() => packAdapter({ rank, alpha, tensors: wrong }, tiny)).toThrow(DamagedArtifactError);
    expect(() => packAdapter({ rank, alpha, tensors: wrong }, tiny)).toThrow(`${name} is 3 x 5`);
  });

  it('refuses a matrix without its partner, and one for a layer the model has not', () => {
    const alone = new Map(tensors);
    alone.delete(tensorName(lastLayer, 'self_attn.k_proj', 'B'));
    expect(() => packAdapter({ rank, alpha, tensors: alone }, tiny)).toThrow('only one of the two');
    const beyond = new Map(tensors).set(tensorName(tiny.layers, 'self_attn.k_proj', 'A'), filled([rank, tiny.width], 1));
    expect(() => packAdapter({ rank, alpha, tensors: beyond }, tiny)).toThrow('belongs to no layer');
  });
});
