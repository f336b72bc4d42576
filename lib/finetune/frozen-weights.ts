/** The base model in float32, as the training graphs read it: expanded once into a file that every training maps. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Graph, Value } from '../onnx/graph.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration } from '../transformer/configuration.ts';
import { groupWeightName } from '../transformer/weights.ts';
import type { WeightDirectory } from '../weights/directory.ts';

export interface FrozenWeights {
  /**
   * Puts one weight into a graph: `embed_tokens.weight` (V,C), gains by their HuggingFace names, and the linear layers
   * that share an input as one matrix (N,K) by `groupWeightName`.
   */
  place(graph: Graph, name: string): Value;
}

/** Page size: what is mapped begins on one. */
const ALIGNMENT = 4096;

interface Placement {
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/**
 * Opens the float32 copy of a model in `cacheFolder`, writing it first where it is missing (half a gigabyte for Gemma 3
 * 270M). `baseHash` names it, so that another model gets another file.
 */
export async function openFrozenWeights(directory: WeightDirectory, configuration: DecoderConfiguration, baseHash: string, cacheFolder: string): Promise<FrozenWeights> {
  const file = `${baseHash.slice(0, 16)}-float32.bin`;
  const { placements, size } = arrange(directory, configuration);
  const present = await stat(path.join(cacheFolder, file)).catch(() => null);
  if (present?.size !== size) await writeCopy(directory, placements, size, path.join(cacheFolder, file));
  return {
    place(graph, name) {
      const { shape, offset, length } = placements.get(name)!;
      return graph.weight(name, 'float32', shape, { file, offset, length });
    },
  };
}

/** Where everything goes; follows from the model alone, so that no table has to be kept beside the file. */
function arrange(directory: WeightDirectory, configuration: DecoderConfiguration): { placements: Map<string, Placement>; size: number } {
  const { layers, vocabulary, width } = configuration;
  const shapes = new Map<string, readonly number[]>([['embed_tokens.weight', [vocabulary, width]]]);
  for (let layer = 0; layer < layers; layer++) {
    for (const group of PROJECTION_GROUP_NAMES) {
      const sizes = PROJECTION_GROUPS[group].map((name) => projectionSize(configuration, name));
      shapes.set(groupWeightName(layer, group), [sizes.reduce((rows, { output }) => rows + output, 0), sizes[0].input]);
    }
  }
  for (const name of directory.names.filter((name) => /norm\.weight$/.test(name))) shapes.set(name, directory.tensor(name).shape);

  const placements = new Map<string, Placement>();
  let size = 0;
  for (const [name, shape] of shapes) {
    const length = 4 * shape.reduce((product, dimension) => product * dimension, 1);
    placements.set(name, { shape, offset: size, length });
    size += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
  }
  return { placements, size };
}

/** Matrix by matrix, so that memory holds one at a time; aside, synced and renamed like every file here. */
async function writeCopy(directory: WeightDirectory, placements: ReadonlyMap<string, Placement>, size: number, file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = await open(aside, 'w');
    try {
      await handle.truncate(size);
      for (const [name, { offset }] of placements) {
        const values = directory.readFloat32(name);
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
