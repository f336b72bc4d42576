/** The base model in the layout of Hugging Face's hub: what transformers, PEFT and servers built on them load. */
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { refuseOtherFolder, writeFolderAtomically, writeParts } from '../system/write-folder.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, type DecoderConfiguration } from '../transformer/configuration.ts';
import { openWeights, type WeightDirectory } from '../weights/directory.ts';
import { safetensorsParts, type TensorSource } from '../weights/safetensors.ts';
import { copyNotices, NOTICES } from './export-peft.ts';
import { baseConfiguration, baseFolder } from './read-stack.ts';

export const BASE_PRECISIONS = ['float32', 'bfloat16'] as const;
export type BasePrecision = (typeof BASE_PRECISIONS)[number];

const WEIGHTS = 'model.safetensors';
export const TOKENIZER_FILES = ['tokenizer.json', 'tokenizer_config.json', 'generation_config.json'] as const;

export interface ExportBaseOptions {
  /** Default float32: the stored 8-bit weights widened, without further rounding. */
  readonly precision?: BasePrecision;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Writes config.json, model.safetensors (0.5 GB in float32), the tokenizer's files and the licence. The words are the cut vocabulary of this
 * project: an adapter trained on it fits this base and no other.
 */
export async function exportBase(target: string, { precision = 'float32', signal, onProgress }: ExportBaseOptions = {}): Promise<void> {
  await refuseOtherFolder(target, [WEIGHTS, 'config.json', ...TOKENIZER_FILES, ...NOTICES], WEIGHTS);
  const folder = baseFolder();
  const tensors = baseTensors(openWeights(folder), await baseConfiguration());
  await writeFolderAtomically(target, async (aside) => {
    const parts = safetensorsParts(tensors, precision === 'float32' ? 'F32' : 'BF16', { format: 'pt' });
    await writeParts(path.join(aside, WEIGHTS), counted(parts, tensors.length, onProgress), signal);
    const config = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8'));
    await writeParts(path.join(aside, 'config.json'), [new TextEncoder().encode(`${JSON.stringify({ ...config, dtype: precision, torch_dtype: precision }, null, 2)}\n`)]);
    for (const file of TOKENIZER_FILES) await copyFile(path.join(folder, file), path.join(aside, file));
    await copyNotices(aside);
  });
}

/** By Hugging Face's names. The head is the embedding itself and is not stored twice. */
function baseTensors(directory: WeightDirectory, { layers }: DecoderConfiguration): TensorSource[] {
  const source = (name: string, read: () => Float32Array): TensorSource => ({ name: `model.${name}`, shape: shapeOf(directory, name), read });
  const gain = (name: string): TensorSource =>
    // Hugging Face's Gemma multiplies by 1 + gain; what is stored here is the sum.
    source(name, () => (directory.normGainsIncludeOne ? directory.readFloat32(name).map((value) => value - 1) : directory.readFloat32(name)));
  const matrix = (name: string): TensorSource => source(name, () => directory.readFloat32(name));
  const projections = PROJECTION_GROUP_NAMES.flatMap((group) => [...PROJECTION_GROUPS[group]]);
  const gains = directory.names.filter((name) => /norm\.weight$/.test(name));
  return [
    matrix('embed_tokens.weight'),
    ...Array.from({ length: layers }, (_, layer) => [
      ...projections.map((projection) => matrix(`layers.${layer}.${projection}.weight`)),
      ...gains.filter((name) => name.startsWith(`layers.${layer}.`)).map(gain),
    ]).flat(),
    gain('norm.weight'),
  ];
}

/** Of a matrix stored in blocks: (N, K/block, block) is (N, K). */
function shapeOf(directory: WeightDirectory, name: string): readonly number[] {
  if (directory.has(name)) return directory.tensor(name).shape;
  const [rows, blocks, block] = directory.tensor(`${name}.quantized`).shape;
  return [rows, blocks * block];
}

function* counted(parts: Iterable<Uint8Array>, total: number, onProgress?: (done: number, total: number) => void): Generator<Uint8Array> {
  let done = -1; // the header comes first
  for (const part of parts) {
    yield part;
    onProgress?.(++done, total);
  }
}
