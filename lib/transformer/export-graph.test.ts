/** The graph for other programs against the one that answers here. */
import { rm } from 'node:fs/promises';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../onnx/session.ts';
import { exportGraph } from './export-graph.ts';
import { inferenceGraph } from './inference-graph.ts';
import { TINY_CONFIGURATION as tiny, tinyDecoder } from './testing/tiny-decoder.ts';
import { DecoderWeights } from './weights.ts';

const text = Array.from({ length: 24 }, (_, index) => (index * 37 + 5) % tiny.vocabulary);
const cacheShape = (rows: number, tokens: number): number[] => [rows, tiny.keyValueHeads, tokens, tiny.headWidth];
const integers = (values: readonly number[], shape: readonly number[]): Tensor => new Tensor('int64', BigInt64Array.from(values, BigInt), shape);

describe('the exported graph', () => {
  let folder: string;
  let exported: InferenceSession;
  let own: InferenceSession;
  beforeAll(async () => {
    const made = await tinyDecoder();
    folder = made.folder;
    const weights = new DecoderWeights(made.directory);
    exported = await openSession(exportGraph(tiny, weights, 1), folder);
    own = await openSession(inferenceGraph(tiny, weights, { adapters: false, logits: 'all', accuracyLevel: 1 }), folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Scores (T,V) of the engine's graph with an empty slot as its history. */
  async function reference(tokens: readonly number[]): Promise<Float32Array> {
    const feeds: Record<string, Tensor> = {
      input_ids: integers(tokens, [1, tokens.length]), positions: integers(tokens.map((_, index) => index), [1, tokens.length]), past_positions: integers([-1], [1, 1]),
    };
    for (let layer = 0; layer < tiny.layers; layer++) for (const side of ['key', 'value']) feeds[`past.${layer}.${side}`] = new Tensor('float32', new Float32Array(tiny.keyValueHeads * tiny.headWidth), cacheShape(1, 1));
    return (await own.run(feeds)).logits.data as Float32Array;
  }

  function feeds(rows: readonly (readonly number[])[], mask: readonly (readonly number[])[], past: Record<string, Tensor> = {}): Record<string, Tensor> {
    const empty: Record<string, Tensor> = {};
    for (let layer = 0; layer < tiny.layers; layer++) for (const side of ['key', 'value']) empty[`past_key_values.${layer}.${side}`] = new Tensor('float32', new Float32Array(0), cacheShape(rows.length, 0));
    return { input_ids: integers(rows.flat(), [rows.length, rows[0].length]), attention_mask: integers(mask.flat(), [mask.length, mask[0].length]), ...empty, ...past };
  }

  function expectClose(actual: Float32Array, expected: Float32Array): void {
    expect(actual.length).toBe(expected.length);
    expect(Math.max(...actual.map((value, index) => Math.abs(value - expected[index])))).toBeLessThan(1e-4);
  }
  const ones = (count: number): number[] => Array<number>(count).fill(1);

  it('scores a text as the engine does, window and all', async () => {
    const { logits } = await exported.run(feeds([text], [ones(text.length)]));
    expectClose(logits.data as Float32Array, await reference(text));
  });

  it('goes on from what it returned', async () => {
    const first = await exported.run(feeds([text.slice(0, 15)], [ones(15)]));
    const past = Object.fromEntries(Object.entries(first).filter(([name]) => name !== 'logits').map(([name, value]) => [name.replace('present', 'past_key_values'), value as Tensor]));
    const { logits } = await exported.run(feeds([text.slice(15)], [ones(text.length)], past));
    expectClose(logits.data as Float32Array, (await reference(text)).slice(15 * tiny.vocabulary));
  });

  it('does not see padding', async () => {
    const short = text.slice(0, 9);
    const padded = [...Array<number>(text.length - 9).fill(0), ...short];
    const { logits } = await exported.run(feeds([text, padded], [ones(text.length), [...Array<number>(text.length - 9).fill(0), ...ones(9)]]));
    expectClose((logits.data as Float32Array).slice(-9 * tiny.vocabulary), await reference(short));
  });
});
