/**
 * The base weights with one adapter merged into them, for the adapter that lies beneath every arm: merged once, it costs nothing per
 * token. Made at the first load and kept in the data directory, where it may be deleted at any time.
 */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { inputMagnitudes, smoothingFactors } from '../finetune/calibration.ts';
import { mergeAdapter } from '../finetune/merge-adapter.ts';
import { aroundMiddle, quantizeTransposed, scaleColumns } from '../finetune/quantize-matrix.ts';
import { bytesSaturate } from '../onnx/saturation.ts';
import { dataDirectory } from '../system/paths.ts';
import { writeFolderAtomically } from '../system/write-folder.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup } from '../transformer/configuration.ts';
import { normBefore } from '../transformer/decoder.ts';
import { groupWeightName } from '../transformer/weights.ts';
import { openWeights, type WeightDirectory } from '../weights/directory.ts';
import { writeShards, type StoredTensor } from '../weights/shards.ts';
import type { Adapter } from './adapters.ts';
import { layerSmoothing, outputFactors, smoothingTensors, type LayerSmoothing } from './smoothing.ts';

// The comments in calls below keep Next's build from tracing every file of the project: these paths are data.

/** Part of the folder's name: another way of merging makes folders of other names. */
const FORMAT = 6;
const EMBEDDING = 'embed_tokens.weight';
const LAST_NORM = 'norm.weight';
/** What a gate lets through is far more uneven than what comes out of a norm, and smoothing evens only what is so in every text. More parts are more exact and slower. */
const DOWN_PARTS = 4;

/**
 * The folder of the merged weights, made when it is not there: a few seconds. It is a model folder like that of the base.
 * @param folder of the base model whose SHA-256 is `baseHash`.
 * @param calibrationTokens what is read to see which channels are large (lib/finetune/calibration.ts); asked for only when the folder is made.
 * @throws when the data directory cannot be written.
 */
export async function mergedWeights(folder: string, baseHash: string, configuration: DecoderConfiguration, adapter: Adapter, calibrationTokens: () => Promise<readonly number[]>): Promise<string> {
  const parent = path.join(/* turbopackIgnore: true */ dataDirectory(), 'merged');
  const unsigned = await bytesSaturate();
  const name = createHash('sha256').update([FORMAT, baseHash, adapter.summary.hash, adapter.alpha, unsigned].join(' ')).digest('hex').slice(0, 24);
  const merged = path.join(/* turbopackIgnore: true */ parent, name);
  if (!isWhole(merged)) {
    await writeFolderAtomically(merged, async (aside) => {
      const base = openWeights(folder);
      const magnitudes = await inputMagnitudes(base, configuration, await calibrationTokens());
      await writeShards(aside, mergedTensors({ base, configuration, adapter, magnitudes, unsigned }), base);
      await copyFile(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ folder, 'config.json'), path.join(/* turbopackIgnore: true */ aside, 'config.json'));
    });
    await removeOthers(parent, name);
  }
  return merged;
}

interface Merging {
  readonly base: WeightDirectory;
  readonly configuration: DecoderConfiguration;
  readonly adapter: Adapter;
  /** Of the inputs of every matrix, by its name. */
  readonly magnitudes: ReadonlyMap<string, Float32Array>;
  /** Whether codes are unsigned around 128. */
  readonly unsigned: boolean;
}

/**
 * Matrices smoothed (smoothing.ts) and in 8 bits with one scale for each output, the form that processors multiply fastest (docs/experiments/decoding.md).
 */
function* mergedTensors(merging: Merging): Generator<StoredTensor> {
  const { base, configuration, magnitudes, unsigned } = merging;
  const gainDivisors = new Map<string, Float32Array>();
  for (let layer = 0; layer < configuration.layers; layer++) {
    const matrices = mergedMatrices(merging, layer);
    const smoothing = layerSmoothing(configuration, (group) => magnitudes.get(groupWeightName(layer, group))!, (group) => matrices.get(group)!);
    for (const [group, values] of matrices) {
      smoothMatrix(values, configuration, group, smoothing);
      yield* byColumns(base, groupWeightName(layer, group), values, unsigned, group === 'down' && configuration.mlpWidth % DOWN_PARTS === 0 ? DOWN_PARTS : 1);
    }
    yield* smoothingTensors(layer, smoothing);
    for (const group of ['qkv', 'gate_up'] as const) gainDivisors.set(`layers.${layer}.${normBefore(configuration, group)}.weight`, smoothing[group]);
  }
  // The embedding twice: by columns to score words with, and in its blocks below to look them up and to score the likeliest exactly.
  const embedding = base.readFloat32(EMBEDDING);
  const factors = smoothingFactors(magnitudes.get(EMBEDDING)!, [embedding]);
  gainDivisors.set(LAST_NORM, factors);
  yield* byColumns(base, EMBEDDING, scaleColumns(embedding, factors), unsigned);
  yield { name: `${EMBEDDING}.smoothing`, shape: [factors.length], values: factors };
  for (const name of base.names) {
    const { shape, dtype } = base.tensor(name);
    // What is left besides the matrices: norms, and the embedding. Slices of matrices (q_proj of qkv_proj) are not read by name.
    if (!/^embed_tokens\.|norm\.weight$/.test(name)) continue;
    const bytes = base.readBytes(name);
    const divisors = gainDivisors.get(name);
    const values = dtype === 'float32' ? new Float32Array(bytes.buffer) : bytes;
    yield { name, shape, values: divisors ? Float32Array.from(values, (value, at) => value / divisors[at]) : values };
  }
}

/** The groups W (N,K) of one layer with the adapter in them. */
function mergedMatrices({ base, configuration, adapter }: Merging, layer: number): Map<ProjectionGroup, Float32Array> {
  const matrices = new Map<ProjectionGroup, Float32Array>();
  for (const group of PROJECTION_GROUP_NAMES) {
    const values = base.readFloat32(groupWeightName(layer, group));
    let first = 0;
    for (const member of PROJECTION_GROUPS[group]) {
      const { input, output } = projectionSize(configuration, member);
      mergeAdapter(values.subarray(first, first + input * output), `layers.${layer}.${member}`, adapter);
      first += input * output;
    }
    matrices.set(group, values);
  }
  return matrices;
}

/** In place: columns by the factors of the inputs, rows by those of what they feed. */
function smoothMatrix(values: Float32Array, configuration: DecoderConfiguration, group: ProjectionGroup, smoothing: LayerSmoothing): void {
  const factors = smoothing[group];
  let at = 0;
  for (const member of PROJECTION_GROUPS[group]) {
    const divisors = outputFactors(configuration, member, smoothing);
    const { input, output } = projectionSize(configuration, member);
    for (let row = 0; row < output; row++) {
      const divisor = divisors?.[row] ?? 1;
      for (let column = 0; column < input; column++, at++) values[at] *= factors[column] / divisor;
    }
  }
}

/** A matrix W (N,K) as multiplyRows reads it; in several parts, each with scales of its own. */
function* byColumns(base: WeightDirectory, name: string, values: Float32Array, unsigned: boolean, parts = 1): Generator<StoredTensor> {
  const [outputs] = base.tensor(`${name}.quantized`).shape;
  const inputs = values.length / outputs;
  const width = inputs / parts;
  const codes = new Int8Array(values.length);
  const scales = new Float32Array(parts * outputs);
  for (let part = 0; part < parts; part++) {
    const quantized = quantizeTransposed(parts > 1 ? columnsFrom(values, inputs, part * width, width) : values, outputs, width);
    codes.set(quantized.codes, part * width * outputs);
    scales.set(quantized.scales, part * outputs);
  }
  yield { name: `${name}.columns`, shape: parts > 1 ? [parts, width, outputs] : [inputs, outputs], values: unsigned ? aroundMiddle(codes) : codes };
  yield { name: `${name}.column_scales`, shape: parts > 1 ? [parts, outputs] : [outputs], values: scales };
}

/** `width` columns of a matrix with `inputs` of them, as a matrix. */
function columnsFrom(values: Float32Array, inputs: number, first: number, width: number): Float32Array {
  const columns = new Float32Array((values.length / inputs) * width);
  for (let row = 0; row * inputs < values.length; row++) columns.set(values.subarray(row * inputs + first, row * inputs + first + width), row * width);
  return columns;
}

/** A folder appears whole or not at all; this notices one that was cut short since. */
function isWhole(folder: string): boolean {
  if (!existsSync(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ folder, 'config.json'))) return false;
  try {
    const weights = openWeights(folder);
    return weights.names.every((name) => {
      const { file, offset, length } = weights.tensor(name);
      return statSync(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ folder, file)).size >= offset + length;
    });
  } catch {
    return false;
  }
}

/** What earlier readers left behind; a process that still maps such a file keeps it, or keeps it from being removed. */
async function removeOthers(parent: string, kept: string): Promise<void> {
  for (const name of await readdir(/* turbopackIgnore: true */ parent)) {
    if (name !== kept && !name.startsWith('.')) await rm(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
