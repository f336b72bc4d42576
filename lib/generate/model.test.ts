import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../onnx/session.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize } from '../transformer/configuration.ts';
import { inferenceGraph } from '../transformer/inference-graph.ts';
import { randomNumbers, tinyDecoder, TINY_CONFIGURATION as tiny } from '../transformer/testing/tiny-decoder.ts';
import { DecoderWeights } from '../transformer/weights.ts';
import type { PackedAdapter } from './adapter-inputs.ts';
import { LanguageModel } from './model.ts';

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

const text = Array.from({ length: 150 }, (_, index) => (index * 37 + 11) % tiny.vocabulary);

function largestDifference(left: Float32Array, right: Float32Array): number {
  expect(left.length).toBe(right.length);
  return left.reduce((worst, value, index) => Math.max(worst, Math.abs(value - right[index])), 0);
}

describe('a row of the language model', () => {
  it('gives the same scores read at once, in chunks, and token by token', async () => {
    const whole = await exact.extend(exact.openRow('one', 1), text);
    const chunked = exact.openRow('one', 1);
    await exact.extend(chunked, text.slice(0, 100));
    const afterChunks = await exact.extend(chunked, text.slice(100));
    const single = exact.openRow('one', 1);
    let last = new Float32Array();
    for (const token of text) last = await exact.extend(single, [token]) as Float32Array<ArrayBuffer>;
    expect(largestDifference(whole, afterChunks)).toBeLessThan(1e-3);
    expect(largestDifference(whole, last)).toBeLessThan(1e-3);
  });

  it('is the base model bit for bit at strength 0', async () => {
    const base = await withoutAdapters.extend(withoutAdapters.openRow(null, 0), text.slice(0, 40));
    const off = await model.extend(model.openRow('one', 0), text.slice(0, 40));
    const none = await model.extend(model.openRow(null, 1), text.slice(0, 40));
    expect(off).toEqual(base);
    expect(none).toEqual(base);
  });

  it('changes with the adapter and its strength', async () => {
    const at = async (scale: number) => model.extend(model.openRow('one', scale), text.slice(0, 20));
    const [none, half, full] = [await at(0), await at(0.5), await at(1)];
    expect(largestDifference(none, half)).toBeGreaterThan(1e-2);
    expect(largestDifference(half, full)).toBeGreaterThan(1e-2);
  });

  it('does not depend on the rows beside it, whatever their length and adapter', async () => {
    const plans = [
      { adapter: 'one', scale: 1, length: 140 },
      { adapter: null, scale: 1, length: 3 },
      { adapter: 'two', scale: 0.7, length: 60 },
    ];
    const alone: Float32Array[][] = [];
    for (const plan of plans) {
      const row = model.openRow(plan.adapter, plan.scale);
      await model.extend(row, text.slice(0, plan.length));
      const steps: Float32Array[] = [];
      for (let step = 0; step < 4; step++) steps.push((await model.step([row], [step + 5]))[0]);
      alone.push(steps);
      model.closeRow(row);
    }
    const rows = plans.map((plan) => model.openRow(plan.adapter, plan.scale));
    for (const [index, row] of rows.entries()) await model.extend(row, text.slice(0, plans[index].length));
    for (let step = 0; step < 4; step++) {
      const logits = await model.step(rows, rows.map(() => step + 5));
      for (const [index, scores] of logits.entries()) expect(largestDifference(scores, alone[index][step])).toBeLessThan(1e-3);
    }
  });

  it('goes on unharmed when a row beside it leaves', async () => {
    const [staying, leaving, reference] = [model.openRow('one', 1), model.openRow(null, 1), model.openRow('one', 1)];
    for (const row of [staying, reference]) await model.extend(row, text.slice(0, 30));
    await model.extend(leaving, text.slice(0, 50));
    await model.step([staying, leaving], [1, 2]);
    await model.step([reference], [1]);
    model.closeRow(leaving);
    expect(largestDifference((await model.step([staying], [9]))[0], (await model.step([reference], [9]))[0])).toBeLessThan(1e-3);
  });
});
