import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSession } from '../onnx/session.ts';
import { inferenceGraph } from '../transformer/inference-graph.ts';
import { tinyDecoder, TINY_CONFIGURATION as tiny } from '../transformer/testing/tiny-decoder.ts';
import { DecoderWeights } from '../transformer/weights.ts';
import { openWeights } from '../weights/directory.ts';
import type { Adapter } from './adapters.ts';
import { MergedModel } from './merged-model.ts';
import { mergedWeights } from './merged-weights.ts';
import { LanguageModel } from './model.ts';
import { packAdapter } from './pack-adapter.ts';
import { readSmoothing } from './smoothing.ts';
import { randomMatrices } from './testing/random-adapter.ts';

const SUMMARY = { name: 'reader', hash: 'r1', examples: 1, rank: 3, trainedLayers: 3, epochs: 1, heldOutLoss: null, heldOutExactMatch: null, trainingSeconds: 1, createdAt: '' };
const reader: Adapter = { ...randomMatrices(tiny, 1, 3), baseHash: 'base', summary: SUMMARY };
const taught = randomMatrices(tiny, 2, 4);
const TEXT = Array.from({ length: 40 }, (_, index) => (index * 37 + 11) % tiny.vocabulary);

let base: string;
let data: string;
let opened = 0;
let plain: LanguageModel;
let model: MergedModel;

/** Activations in float32, so that what differs is the weights. */
const open = async (folder: string): Promise<LanguageModel> => {
  const weights = openWeights(folder);
  return new LanguageModel(tiny, await openSession(inferenceGraph(tiny, new DecoderWeights(weights), { accuracyLevel: 1 }), folder), readSmoothing(weights, tiny));
};
const merge = (adapter: Adapter): Promise<string> => mergedWeights(base, 'base', tiny, adapter, async () => TEXT);

beforeAll(async () => {
  base = (await tinyDecoder()).folder;
  data = await mkdtemp(path.join(tmpdir(), 'merged-'));
  vi.stubEnv('DATA_DIRECTORY', data);
  plain = await open(base);
  const merged = await open(await merge(reader));
  model = new MergedModel(merged, 'reader', async () => {
    opened += 1;
    return open(base);
  });
  for (const each of [plain, model]) {
    each.loadAdapter('reader', packAdapter(reader, tiny));
    each.loadAdapter('taught', packAdapter(taught, tiny));
  }
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await plain.release();
  await model.release();
  await Promise.all([base, data].map((folder) => rm(folder, { recursive: true })));
});

/** The base with one channel of every group's normed input a hundred times as large, and the smallest weights on it. */
async function withLargeChannel(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'large-channel-'));
  await cp(base, folder, { recursive: true });
  const { names, tensor } = openWeights(folder);
  const bytes = await readFile(path.join(folder, 'weights.bin'));
  for (const name of names) {
    const { offset, length, shape } = tensor(name);
    if (/input_layernorm|pre_feedforward/.test(name)) bytes.writeFloatLE(100, offset);
    if (/(qkv|gate_up)_proj.*quantized$/.test(name)) for (let row = 0; row < shape[0]; row++) bytes[offset + (row * length) / shape[0]] = 128 + (row % 3) - 1;
  }
  await writeFile(path.join(folder, 'weights.bin'), bytes);
  return folder;
}

const READER = { key: 'reader', scale: 1 };
const largestDifference = (left: Float32Array, right: Float32Array): number => left.reduce((worst, value, index) => Math.max(worst, Math.abs(value - right[index])), 0);

describe('an adapter merged into the weights', () => {
  it('scores as when it is added, but for the rounding to 8 bits', async () => {
    const without = await plain.extend(plain.openRow([]), TEXT);
    for (const rest of [[], [{ key: 'taught', scale: 0.5 }]]) {
      const added = await plain.extend(plain.openRow([READER, ...rest]), TEXT);
      const merged = await model.extend(model.openRow([READER, ...rest]), TEXT);
      const effect = largestDifference(added, without);
      expect(effect).toBeGreaterThan(1);
      expect(largestDifference(added, merged)).toBeLessThan(0.05 * effect);
    }
    expect(opened).toBe(0);
  });

  it('scores so too where one channel is a hundred times as large as the others, which would be lost beside it', async () => {
    const folder = await withLargeChannel();
    const quiet = { ...reader, tensors: new Map([...reader.tensors].map(([name, { shape, data }]) => [name, { shape, data: data.map((value, at) => (/lora_A/.test(name) && at % shape[1] === 0 ? value / 100 : value)) }])) };
    const [exact, rounded] = [await open(folder), await open(await mergedWeights(folder, 'large channel', tiny, quiet, async () => TEXT))];
    exact.loadAdapter('reader', packAdapter(quiet, tiny));
    const [added, without] = [await exact.extend(exact.openRow([READER]), TEXT), await exact.extend(exact.openRow([]), TEXT)];
    const merged = await rounded.extend(rounded.openRow([]), TEXT);
    expect(largestDifference(added, merged)).toBeLessThan(0.05 * largestDifference(added, without));
    await Promise.all([exact.release(), rounded.release()]);
    await rm(folder, { recursive: true });
  });

  it('scores the likeliest words exactly, however the words were rounded to find them', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'rough-words-'));
    await cp(await merge(reader), folder, { recursive: true });
    const { file, offset, length } = openWeights(folder).tensor('embed_tokens.weight.column_scales');
    const bytes = await readFile(path.join(folder, file));
    for (let at = offset; at < offset + length; at += 4) bytes.writeFloatLE(bytes.readFloatLE(at) * 1.01, at);
    await writeFile(path.join(folder, file), bytes);
    const rough = await open(folder);
    const [scores, others] = [await rough.extend(rough.openRow([]), TEXT), await model.extend(model.openRow([READER]), TEXT)];
    const byScore = [...others.keys()].sort((one, other) => others[other] - others[one]);
    expect(byScore.slice(0, 20).map((word) => scores[word])).toEqual(byScore.slice(0, 20).map((word) => others[word]));
    expect(byScore.slice(-20).map((word) => scores[word])).not.toEqual(byScore.slice(-20).map((word) => others[word]));
    await rough.release();
    await rm(folder, { recursive: true });
  });

  it('leaves the plain base for rows without it, to the bit, opened at the first', async () => {
    for (const adapters of [[], [{ key: 'taught', scale: 1 }], [{ key: 'reader', scale: 0.5 }], [{ key: 'reader', scale: 0 }]]) {
      expect(await model.extend(model.openRow(adapters), TEXT)).toEqual(await plain.extend(plain.openRow(adapters), TEXT));
    }
    expect(opened).toBe(1);
  });

  it('outlives plain weights that cannot be opened while an adapter comes or goes', async () => {
    const failing = new MergedModel(plain, 'reader', async () => Promise.reject(new Error('no memory')));
    const unheard = vi.fn();
    process.on('unhandledRejection', unheard);
    const reading = failing.extend(failing.openRow([]), TEXT);
    failing.loadAdapter('passing', packAdapter(taught, tiny));
    failing.unloadAdapter('passing');
    await expect(reading).rejects.toThrow('no memory');
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', unheard);
    expect(unheard).not.toHaveBeenCalled();
  });

  it('steps rows of both kinds together, each as if alone', async () => {
    const plans = [[READER], [{ key: 'taught', scale: 1 }], [READER, { key: 'taught', scale: 1 }], []];
    const rows = plans.map((adapters) => model.openRow(adapters));
    const alone = plans.map((adapters) => model.openRow(adapters));
    for (const row of [...rows, ...alone]) await model.extend(row, TEXT.slice(0, 9));
    const together = await model.step(rows, [1, 2, 3, 4]);
    for (const [index, row] of alone.entries()) expect(largestDifference((await model.step([row], [index + 1]))[0], together[index])).toBeLessThan(1e-3);
    expect(rows.map(({ length }) => length)).toEqual([10, 10, 10, 10]);
    for (const row of [...rows, ...alone]) model.closeRow(row);
  });
});

describe('the folder of merged weights', () => {
  it('is made once, again when a file was cut short, and one is kept', async () => {
    const folder = await merge(reader);
    const parent = path.dirname(folder);
    const [shard] = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
    await truncate(path.join(folder, shard), 100);
    expect(await merge(reader)).toBe(folder);
    expect(openWeights(folder).readBytes('layers.0.mlp.down_proj.weight.columns')).toHaveLength(96 * 64);
    const other = await merge({ ...reader, summary: { ...SUMMARY, hash: 'r2' } });
    expect(await readdir(parent)).toEqual([path.basename(other)]);
  });
});
