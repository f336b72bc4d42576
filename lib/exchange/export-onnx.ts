/** The base model with an adapter merged into it, as an ONNX folder that plain transformers.js loads. */
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { adaptedLayerName } from '../finetune/adapter-layout.ts';
import { mergeAdapter } from '../finetune/merge-adapter.ts';
import type { AdapterMatrices } from '../generate/pack-adapter.ts';
import { writeModel } from '../onnx/write.ts';
import { refuseOtherFolder, writeFolderAtomically, writeParts } from '../system/write-folder.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup } from '../transformer/configuration.ts';
import { exportGraph } from '../transformer/export-graph.ts';
import { DecoderWeights, groupWeightName } from '../transformer/weights.ts';
import { openWeights, type TensorEntry, type WeightDirectory } from '../weights/directory.ts';
import { quantizeBlocks } from '../weights/quantize.ts';
import { TOKENIZER_FILES } from './export-base.ts';
import { copyNotices, NOTICES } from './export-peft.ts';
import { baseConfiguration, baseFolder, readStack } from './read-stack.ts';
import { checkShapes } from './stack-adapters.ts';

export const ONNX_PRECISIONS = ['int8', 'float32'] as const;
export type OnnxPrecision = (typeof ONNX_PRECISIONS)[number];

/** transformers.js's name of the precision, and of the file it looks for. */
const LAYOUT: Readonly<Record<OnnxPrecision, { readonly dtype: string; readonly file: string }>> = {
  int8: { dtype: 'q8', file: 'model_quantized.onnx' },
  float32: { dtype: 'fp32', file: 'model.onnx' },
};
/** Page size: what is mapped begins on one. */
const ALIGNMENT = 4096;

export interface ExportOnnxOptions {
  /** Default int8: blocks of 64 as the engine has them, 130 MB; float32 takes 0.5 GB. */
  readonly precision?: OnnxPrecision;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** One tensor of the new model, computed when its turn comes. */
interface Piece {
  readonly name: string;
  readonly dtype: 'uint8' | 'float32';
  readonly shape: readonly number[];
}

/**
 * Writes `onnx/`, config.json, tokenizer and licence into `target`. `name` is an adapter - with the one it lies on - or `null` for the base alone.
 * `pipeline('text-generation', folder)` then answers with the same prompt format as the product. Rejects as `readAdapter` does.
 */
export async function exportOnnx(name: string | null, target: string, { precision = 'int8', signal, onProgress }: ExportOnnxOptions = {}): Promise<void> {
  await refuseOtherFolder(target, ['onnx', 'config.json', ...TOKENIZER_FILES, ...NOTICES], 'onnx');
  await refuseOtherFolder(path.join(target, 'onnx'), Object.values(LAYOUT).flatMap(({ file }) => [file, `${file}_data`]));
  const stack = name === null ? [] : await readStack(name);
  const configuration = await baseConfiguration();
  const directory = openWeights(baseFolder());
  const { dtype, file } = LAYOUT[precision];
  await writeFolderAtomically(target, async (aside) => {
    const data = `${file}_data`;
    const placed = new Map<string, TensorEntry>();
    const parts = mergedParts(directory, configuration, stack, precision, data, placed, onProgress);
    await writeParts(path.join(aside, 'onnx', data), parts, signal);
    const tensors = { has: (tensor: string) => placed.has(tensor), tensor: (tensor: string) => placed.get(tensor)! };
    await writeParts(path.join(aside, 'onnx', file), [writeModel(exportGraph(configuration, new DecoderWeights(tensors)))]);
    const config = JSON.parse(await readFile(path.join(baseFolder(), 'config.json'), 'utf8'));
    const own = { ...config, 'transformers.js_config': { dtype, use_external_data_format: { [file]: 1 } } };
    await writeParts(path.join(aside, 'config.json'), [new TextEncoder().encode(`${JSON.stringify(own, null, 2)}\n`)]);
    for (const each of TOKENIZER_FILES) await copyFile(path.join(baseFolder(), each), path.join(aside, each));
    await copyNotices(aside);
  });
}

/** The bytes of the data file in order; `placed` says afterwards where each tensor lies. */
function* mergedParts(directory: WeightDirectory, configuration: DecoderConfiguration, stack: readonly AdapterMatrices[], precision: OnnxPrecision, file: string, placed: Map<string, TensorEntry>, onProgress?: (done: number, total: number) => void): Generator<Uint8Array> {
  let offset = 0;
  function* place(piece: Piece, values: Uint8Array | Float32Array): Generator<Uint8Array> {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    placed.set(piece.name, { ...piece, file, offset, length: bytes.length });
    yield bytes;
    const padding = (ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT;
    if (padding > 0) yield new Uint8Array(padding);
    offset += bytes.length + padding;
  }
  function* matrix(name: string, values: Float32Array, rows: number): Generator<Uint8Array> {
    const columns = values.length / rows;
    if (precision === 'float32') return yield* place({ name, dtype: 'float32', shape: [rows, columns] }, values);
    const { blockSize } = directory.quantization;
    const { quantized, scales } = quantizeBlocks(values, blockSize);
    yield* place({ name: `${name}.quantized`, dtype: 'uint8', shape: [rows, columns / blockSize, blockSize] }, quantized);
    yield* place({ name: `${name}.scales`, dtype: 'float32', shape: [rows, columns / blockSize] }, scales);
  }
  const gains = directory.names.filter((name) => /norm\.weight$/.test(name));
  for (const name of gains) yield* place({ name, dtype: 'float32', shape: directory.tensor(name).shape }, directory.readFloat32(name));
  yield* matrix('embed_tokens.weight', directory.readFloat32('embed_tokens.weight'), configuration.vocabulary);
  for (let layer = 0; layer < configuration.layers; layer++) {
    onProgress?.(layer, configuration.layers);
    for (const group of PROJECTION_GROUP_NAMES) {
      const { values, rows } = mergedGroup(directory, configuration, stack, layer, group);
      yield* matrix(groupWeightName(layer, group), values, rows);
    }
  }
  onProgress?.(configuration.layers, configuration.layers);
}

/** The linear layers of one group under each other, (N,K), every adapter's update added. */
function mergedGroup(directory: WeightDirectory, configuration: DecoderConfiguration, stack: readonly AdapterMatrices[], layer: number, group: ProjectionGroup): { values: Float32Array; rows: number } {
  const values = directory.readFloat32(groupWeightName(layer, group));
  let rows = 0;
  for (const projection of PROJECTION_GROUPS[group]) {
    const { input, output } = projectionSize(configuration, projection);
    for (const adapter of stack) {
      checkShapes(adapter, layer, projection, configuration);
      mergeAdapter(values.subarray(rows * input, (rows + output) * input), adaptedLayerName(layer, projection), adapter);
    }
    rows += output;
  }
  return { values, rows };
}
