import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../onnx/session.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type ProjectionGroup } from '../transformer/configuration.ts';
import { inferenceGraph } from '../transformer/inference-graph.ts';
import { randomNumbers, tinyDecoder, TINY_CONFIGURATION as tiny } from '../transformer/testing/tiny-decoder.ts';
import { DecoderWeights } from '../transformer/weights.ts';
import type { PackedAdapter } from './adapter-inputs.ts';
import { LanguageModel } from './model.ts';
import type { Row, RowAdapter } from './step-model.ts';

let folder: string;
let model: LanguageModel;
let withoutAdapters: LanguageModel;
/** Activations in float32: rounding them to 8 bits turns the last bit of a sum into a hundredth of a score. */
let exact: LanguageModel;

beforeAll(async () => {
  const made = await tinyDecoder();
  folder = made.folder;
  const weights = new DecoderWeights(made.directory);
  const open = async (adapters: boolean, accuracyLevel?: 1 | 4) => new LanguageModel(tiny, await openSession(inferenceGraph(tiny, weights, { adapters, accuracyLevel }), folder));
  model = await open(true);
  withoutAdapters = await open(false);
  exact = await open(true, 1);
  exact.loadAdapter('one', randomAdapter(1, 4));
  exact.loadAdapter('both', joined([randomAdapter(1, 4), randomAdapter(2, 6)]));
  exact.loadAdapter('two', randomAdapter(2, 6));
  model.loadAdapter('one', randomAdapter(1, 4));
  model.loadAdapter('two', randomAdapter(2, 6));
});

afterAll(async () => {
  await model.release();
  await withoutAdapters.release();
  await exact.release();
  await rm(folder, { recursive: true });
});

function randomAdapter(seed: number, rank: number): PackedAdapter {
  const random = randomNumbers(seed);
  const layers = Array.from({ length: tiny.layers }, () => Object.fromEntries(PROJECTION_GROUP_NAMES.map((group) => {
    const members = PROJECTION_GROUPS[group].map((name) => projectionSize(tiny, name));
    const outputs = members.reduce((total, size) => total + size.output, 0);
    const a = Float32Array.from({ length: members[0].input * members.length * rank }, () => 0.2 * random());
    const b = new Float32Array(members.length * rank * outputs);
    let start = 0;
    for (const [member, { output }] of members.entries()) {
      for (let row = member * rank; row < (member + 1) * rank; row++) for (let column = start; column < start + output; column++) b[row * outputs + column] = 0.2 * random();
      start += output;
    }
    return [group, { a, b }];
  })) as PackedAdapter['layers'][number]);
  return { rank, layers };
}

/** Adapters as one of their summed rank: every member's A_1 over A_2 over ..., and their B^T in the same order. */
function joined(adapters: readonly PackedAdapter[]): PackedAdapter {
  const rank = adapters.reduce((total, adapter) => total + adapter.rank, 0);
  const side = (layer: number, group: ProjectionGroup, name: 'a' | 'b'): Float32Array => Float32Array.from(
    PROJECTION_GROUPS[group].flatMap((_, member) => adapters.flatMap((adapter) => {
      const matrix = adapter.layers[layer][group][name];
      const width = matrix.length / (PROJECTION_GROUPS[group].length * adapter.rank);
      return [...matrix.subarray(member * adapter.rank * width, (member + 1) * adapter.rank * width)];
    })),
  );
  const layers = Array.from({ length: tiny.layers }, (_, layer) =>
    Object.fromEntries(PROJECTION_GROUP_NAMES.map((group) => [group, { a: side(layer, group, 'a'), b: side(layer, group, 'b') }])) as PackedAdapter['layers'][number]);
  return { rank, layers };
}

const text = Array.from({ length: 150 }, (_, index) => (index * 37 + 11) % tiny.vocabulary);

function largestDifference(left: Float32Array, right: Float32Array): number {
  expect(left.length).toBe(right.length);
  return left.reduce((worst, value, index) => Math.max(worst, Math.abs(value - right[index])), 0);
}

describe('a row of the language model', () => {
  it('gives the same scores read at once, in chunks, and token by token', async () => {
    const whole = await exact.extend(exact.openRow([{ key: 'one', scale: 1 }]), text);
    const chunked = exact.openRow([{ key: 'one', scale: 1 }]);
    await exact.extend(chunked, text.slice(0, 100));
    const afterChunks = await exact.extend(chunked, text.slice(100));
    const single = exact.openRow([{ key: 'one', scale: 1 }]);
    let last = new Float32Array();
    for (const token of text) last = await exact.extend(single, [token]) as Float32Array<ArrayBuffer>;
    expect(largestDifference(whole, afterChunks)).toBeLessThan(1e-3);
    expect(largestDifference(whole, last)).toBeLessThan(1e-3);
  });

  it('takes over what an earlier row of the same adapters has read, to the same bits', async () => {
    const readAll = async (row: Row, from = 0): Promise<Float32Array> => {
      let logits = new Float32Array();
      for (let start = from; start < text.length; start += 32) logits = Float32Array.from(await model.extend(row, text.slice(start, start + 32)));
      return logits;
    };
    const adapters = [{ key: 'one', scale: 0.5 }];
    const first = model.openRow(adapters);
    const expected = await readAll(first);
    const next = await model.step([first], [7]);
    model.closeRow(first);
    const again = model.openRow(adapters);
    expect(await model.resume(again, text, 32)).toBe(128);
    expect(again.length).toBe(128);
    expect(await readAll(again, 128)).toEqual(expected);
    expect(await model.step([again], [7])).toEqual(next);
    model.closeRow(again);
    expect(await model.resume(model.openRow([{ key: 'one', scale: 0.6 }]), text, 32)).toBe(0);
    expect(await model.resume(model.openRow(adapters), text.slice(1), 32)).toBe(0);
    // The last token has to be read for its scores.
    expect(await model.resume(model.openRow(adapters), text.slice(0, 128), 32)).toBe(96);
  });

  it('is the base model bit for bit at strength 0', async () => {
    const base = await withoutAdapters.extend(withoutAdapters.openRow([]), text.slice(0, 40));
    const off = await model.extend(model.openRow([{ key: 'one', scale: 0 }]), text.slice(0, 40));
    const none = await model.extend(model.openRow([]), text.slice(0, 40));
    expect(off).toEqual(base);
    expect(none).toEqual(base);
  });

  it('changes with the adapter and its strength', async () => {
    const at = async (scale: number) => model.extend(model.openRow([{ key: 'one', scale }]), text.slice(0, 20));
    const [none, half, full] = [await at(0), await at(0.5), await at(1)];
    expect(largestDifference(none, half)).toBeGreaterThan(1e-2);
    expect(largestDifference(half, full)).toBeGreaterThan(1e-2);
  });

  it('adds stacked adapters as one whose matrices are theirs side by side', async () => {
    const at = async (adapters: readonly RowAdapter[]) => exact.extend(exact.openRow(adapters), text.slice(0, 20));
    const stacked = await at([{ key: 'one', scale: 0.5 }, { key: 'two', scale: 0.5 }]);
    const single = await at([{ key: 'both', scale: 0.5 }]);
    expect(largestDifference(stacked, single)).toBeLessThan(1e-4);
    for (const alone of ['one', 'two']) expect(largestDifference(stacked, await at([{ key: alone, scale: 0.5 }]))).toBeGreaterThan(1e-2);
    expect(await at([{ key: 'one', scale: 0.5 }, { key: 'two', scale: 0 }])).toEqual(await at([{ key: 'one', scale: 0.5 }]));
  });

  it('does not depend on the rows beside it, whatever their length and adapters', async () => {
    const plans = [
      { adapters: [{ key: 'one', scale: 1 }], length: 140 },
      { adapters: [], length: 3 },
      { adapters: [{ key: 'one', scale: 1.5 }, { key: 'two', scale: 0.7 }], length: 60 },
    ];
    const alone: Float32Array[][] = [];
    for (const plan of plans) {
      const row = model.openRow(plan.adapters);
      await model.extend(row, text.slice(0, plan.length));
      const steps: Float32Array[] = [];
      for (let step = 0; step < 4; step++) steps.push((await model.step([row], [step + 5]))[0]);
      alone.push(steps);
      model.closeRow(row);
    }
    const rows = plans.map((plan) => model.openRow(plan.adapters));
    for (const [index, row] of rows.entries()) await model.extend(row, text.slice(0, plans[index].length));
    for (let step = 0; step < 4; step++) {
      const logits = await model.step(rows, rows.map(() => step + 5));
      for (const [index, scores] of logits.entries()) expect(largestDifference(scores, alone[index][step])).toBeLessThan(1e-3);
    }
  });

  it('goes on unharmed when a row beside it leaves', async () => {
    const [staying, leaving, reference] = [model.openRow([{ key: 'one', scale: 1 }]), model.openRow([]), model.openRow([{ key: 'one', scale: 1 }])];
    for (const row of [staying, reference]) await model.extend(row, text.slice(0, 30));
    await model.extend(leaving, text.slice(0, 50));
    await model.step([staying, leaving], [1, 2]);
    await model.step([reference], [1]);
    model.closeRow(leaving);
    expect(largestDifference((await model.step([staying], [9]))[0], (await model.step([reference], [9]))[0])).toBeLessThan(1e-3);
  });
});
