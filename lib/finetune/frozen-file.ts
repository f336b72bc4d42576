/** The file of frozen weights that training sessions map: laid out by the model alone, written once. */
import { readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../system/write-file.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration } from '../transformer/configuration.ts';
import { groupWeightName } from '../transformer/weights.ts';
import type { WeightDirectory } from '../weights/directory.ts';
import { adaptedLayerName } from './adapter-layout.ts';
import { calibrationTokens, inputMagnitudes, smoothingFactors } from './calibration.ts';
import { mergeAdapter, type MergedAdapter } from './merge-adapter.ts';
import { aroundMiddle, quantizeColumns, quantizeTransposed, scaleColumns, type ColumnCodes } from './quantize-matrix.ts';

const EMBEDDINGS = 'embed_tokens.weight';

export type FrozenPrecision = 'int8' | 'float32';
/** Unsigned around 128 where the processor cuts sums of signed bytes off (lib/onnx/saturation.ts). */
export type CodeType = 'int8' | 'uint8';

/** Page size: what is mapped begins on one. */
const ALIGNMENT = 4096;
/** Files of other models and adapters kept beside the newest: each is a few hundred megabytes. */
const KEPT_FILES = 3;
/** Writing takes seconds. */
const ABANDONED_MS = 3_600_000;

export interface Placement {
  readonly type: 'float32' | CodeType;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

export interface Arrangement {
  readonly placements: ReadonlyMap<string, Placement>;
  readonly size: number;
}

/** What the file is made from. */
export interface FrozenSource {
  readonly directory: WeightDirectory;
  readonly configuration: DecoderConfiguration;
  readonly precision: FrozenPrecision;
  readonly beneath: MergedAdapter | null;
}

/** Where everything goes; follows from the model alone, so that no table has to be kept beside the file. */
export function arrangeFrozenFile(directory: WeightDirectory, configuration: DecoderConfiguration, precision: FrozenPrecision, codes: CodeType): Arrangement {
  const placements = new Map<string, Placement>();
  let size = 0;
  const put = (name: string, type: Placement['type'], shape: readonly number[]): void => {
    const length = (type === 'float32' ? 4 : 1) * shape.reduce((product, dimension) => product * dimension, 1);
    placements.set(name, { type, shape, offset: size, length });
    size += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
  };
  const putMatrix = (name: string, [outputs, inputs]: readonly [number, number]): void => {
    if (precision === 'float32') return put(name, 'float32', [outputs, inputs]);
    put(`${name}.forward`, codes, [inputs, outputs]);
    put(`${name}.forward.scales`, 'float32', [outputs]);
    put(`${name}.backward`, codes, [outputs, inputs]);
    put(`${name}.backward.scales`, 'float32', [inputs]);
  };
  const { vocabulary, width } = configuration;
  put(EMBEDDINGS, 'float32', [vocabulary, width]);
  if (precision === 'int8') {
    put(`${EMBEDDINGS}.forward`, codes, [width, vocabulary]);
    put(`${EMBEDDINGS}.forward.scales`, 'float32', [vocabulary]);
    put(`${EMBEDDINGS}.smoothing`, 'float32', [width]);
  }
  for (const { members } of linearGroups(configuration)) {
    for (const { name, outputs, inputs } of members) putMatrix(name, [outputs, inputs]);
    if (precision === 'int8') put(`${members[0].name}.smoothing`, 'float32', [members[0].inputs]);
  }
  for (const name of directory.names.filter((name) => /norm\.weight$/.test(name))) put(name, 'float32', directory.tensor(name).shape);
  return { placements, size };
}

/** Writes the file whole or not at all; matrix by matrix, so that memory holds one at a time. */
export function writeFrozenFile(source: FrozenSource, arrangement: Arrangement, file: string): Promise<void> {
  return writeFileAtomically(file, (handle) => writeFrozenWeights(handle, source, arrangement));
}

async function writeFrozenWeights(handle: FileHandle, { directory, configuration, precision, beneath }: FrozenSource, { placements, size }: Arrangement): Promise<void> {
  await handle.truncate(size);
  const put = (name: string, values: Float32Array | Uint8Array | Int8Array): Promise<void> => writeAt(handle, values, placements.get(name)!.offset);
  const putCodes = async (name: string, { codes, scales }: ColumnCodes): Promise<void> => {
    await put(name, placements.get(name)!.type === 'uint8' ? aroundMiddle(codes) : codes);
    await put(`${name}.scales`, scales);
  };
  const putForward = (name: string, values: Float32Array, outputs: number, inputs: number, factors: Float32Array): Promise<void> =>
    putCodes(`${name}.forward`, quantizeTransposed(scaleColumns(values, factors), outputs, inputs));
  const magnitudes = precision === 'int8' ? await inputMagnitudes(directory, configuration, await calibrationTokens()) : null;
  const embeddings = directory.readFloat32(EMBEDDINGS);
  await put(EMBEDDINGS, embeddings);
  if (magnitudes) {
    const factors = smoothingFactors(magnitudes.get(EMBEDDINGS)!, [embeddings]);
    await put(`${EMBEDDINGS}.smoothing`, factors.map((factor) => 1 / factor));
    await putForward(EMBEDDINGS, embeddings, configuration.vocabulary, configuration.width, factors);
  }
  for (const { groupName, members } of linearGroups(configuration)) {
    const together = directory.readFloat32(groupName);
    let start = 0;
    const matrices = members.map(({ layerName, outputs, inputs }) => {
      const values = together.subarray(start, (start += outputs * inputs));
      if (beneath) mergeAdapter(values, layerName, beneath);
      return values;
    });
    const factors = magnitudes && smoothingFactors(magnitudes.get(groupName)!, matrices);
    for (const [index, { name, outputs, inputs }] of members.entries()) {
      if (!factors) {
        await put(name, matrices[index]);
        continue;
      }
      await putForward(name, matrices[index], outputs, inputs, factors);
      await putCodes(`${name}.backward`, quantizeColumns(matrices[index], outputs, inputs));
    }
    if (factors) await put(`${members[0].name}.smoothing`, factors.map((factor) => 1 / factor));
  }
  for (const name of directory.names.filter((name) => placements.has(name) && /norm\.weight$/.test(name))) await put(name, directory.readFloat32(name));
}

/** Removes all but the newest of the files that hold frozen weights, `current` not among them, and what killed processes left half written. */
export async function forgetOldFiles(folder: string, current: string): Promise<void> {
  const files = await Promise.all((await readdir(folder)).map(async (name) => ({ name, time: (await stat(path.join(folder, name)).catch(() => null))?.mtimeMs ?? 0 })));
  const abandoned = files.filter(({ name, time }) => /\.bin\.\d+\.[0-9a-f]+\.tmp$/.test(name) && Date.now() - time > ABANDONED_MS);
  const old = files.filter(({ name }) => /^[0-9a-z]{1,16}(-[0-9a-z]{16})?-(u?int8|float32)(-\d+)*\.bin$/.test(name) && name !== current).sort((a, b) => b.time - a.time).slice(KEPT_FILES);
  for (const { name } of [...abandoned, ...old]) await rm(path.join(folder, name), { force: true });
}

/** The linear layers: stored in groups that share an input, trained one by one. */
function linearGroups(configuration: DecoderConfiguration) {
  return Array.from({ length: configuration.layers }, (_, layer) => PROJECTION_GROUP_NAMES.map((group) => ({
    groupName: groupWeightName(layer, group),
    members: PROJECTION_GROUPS[group].map((projection) => {
      const { input, output } = projectionSize(configuration, projection);
      const layerName = adaptedLayerName(layer, projection);
      return { layerName, name: `${layerName}.weight`, outputs: output, inputs: input };
    }),
  }))).flat();
}

async function writeAt(handle: FileHandle, values: Float32Array | Uint8Array | Int8Array, offset: number): Promise<void> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
}
