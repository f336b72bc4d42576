import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';

/** Where the values of one tensor lie. */
export interface TensorEntry {
  readonly dtype: 'uint8' | 'int8' | 'float32';
  readonly shape: readonly number[];
  /** File name inside the model's folder. */
  readonly file: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
}

/** `weights.json`: every tensor, and how matrices are quantised. */
export interface WeightsFile {
  readonly format: 1;
  readonly quantization: { readonly bits: 8; readonly blockSize: number; readonly zeroPoint: number };
  /** RMSNorm multiplies by the stored gain alone: the +1 of Gemma's definition is already in it. */
  readonly normGainsIncludeOne: boolean;
  readonly tensors: Readonly<Record<string, TensorEntry>>;
}

export interface WeightDirectory {
  readonly folder: string;
  readonly quantization: WeightsFile['quantization'];
  readonly normGainsIncludeOne: boolean;
  readonly names: readonly string[];
  has(name: string): boolean;
  /** @throws DamagedArtifactError when there is no such tensor. */
  tensor(name: string): TensorEntry;
  /** The stored bytes of a tensor, read from its shard. */
  readBytes(name: string): Uint8Array;
  /**
   * The values in 32-bit floats, row-major. A matrix is named without `.quantized`: its blocks are expanded,
   * (quantized - zero point) * scale.
   */
  readFloat32(name: string): Float32Array;
}

const REMEDY = 'git checkout -- models';

/**
 * Opens a folder of weights: `weights.json` and its shards. A matrix W (N,K) of y = x W^T is stored as ONNX Runtime's
 * MatMulNBits takes it: `NAME.quantized` uint8 (N, K/block, block) and `NAME.scales` float32 (N, K/block).
 */
export function openWeights(folder: string): WeightDirectory {
  const file = path.join(folder, 'weights.json');
  if (!existsSync(file)) throw new MissingArtifactError(`No weights in ${folder}: weights.json is not there.`, { remedy: REMEDY });
  const weights = parseWeightsFile(file);
  const { quantization, tensors, normGainsIncludeOne } = weights;

  const tensor = (name: string): TensorEntry => {
    const entry = tensors[name];
    if (!entry) throw new DamagedArtifactError(`${file} lists no tensor "${name}".`, { remedy: REMEDY });
    return entry;
  };
  const readBytes = (name: string): Uint8Array => readRange(folder, tensor(name));
  const readFloats = (name: string): Float32Array => {
    const entry = tensor(name);
    if (entry.dtype !== 'float32') throw new DamagedArtifactError(`Tensor "${name}" holds ${entry.dtype}, not float32.`, { remedy: REMEDY });
    return new Float32Array(readBytes(name).buffer);
  };
  return {
    folder,
    quantization,
    normGainsIncludeOne,
    names: Object.keys(tensors),
    has: (name) => name in tensors,
    tensor,
    readBytes,
    readFloat32: (name) =>
      `${name}.quantized` in tensors
        ? dequantize(readBytes(`${name}.quantized`), readFloats(`${name}.scales`), quantization)
        : readFloats(name),
  };
}

/** Expands blocks: value = (quantized - zero point) * scale of its block. */
function dequantize(quantized: Uint8Array, scales: Float32Array, { blockSize, zeroPoint }: { blockSize: number; zeroPoint: number }): Float32Array {
  const values = new Float32Array(quantized.length);
  for (let block = 0; block < scales.length; block++) {
    const scale = scales[block];
    const end = (block + 1) * blockSize;
    for (let index = block * blockSize; index < end; index++) values[index] = (quantized[index] - zeroPoint) * scale;
  }
  return values;
}

function parseWeightsFile(file: string): WeightsFile {
  try {
    const weights = JSON.parse(readFileSync(file, 'utf8')) as WeightsFile;
    if (weights.format !== 1 || !weights.tensors) throw new Error(`format ${weights.format}, 1 is understood`);
    return weights;
  } catch (cause) {
    throw new DamagedArtifactError(`${file} cannot be read: ${(cause as Error).message}.`, { remedy: REMEDY, cause });
  }
}

/** Reads into a fresh, aligned buffer, so that it can be viewed as floats. */
function readRange(folder: string, { file, offset, length }: TensorEntry): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(length));
  const shard = path.join(folder, file);
  if (!existsSync(shard)) throw new MissingArtifactError(`${shard} is missing.`, { remedy: REMEDY });
  const descriptor = openSync(shard, 'r');
  try {
    for (let done = 0; done < length; ) {
      const count = readSync(descriptor, bytes, done, length - done, offset + done);
      if (count === 0) throw new DamagedArtifactError(`${shard} ends at byte ${offset + done}, before a tensor it should hold.`, { remedy: REMEDY });
      done += count;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}
