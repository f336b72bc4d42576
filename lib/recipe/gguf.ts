import { readFileSync } from 'node:fs';
import { DamagedArtifactError } from '../system/errors.ts';
import { blockFormatOf, dequantizeBlocks } from './block-formats.ts';

export type GgufValue = number | boolean | string | readonly GgufValue[];

export interface GgufTensor {
  readonly name: string;
  /** Outermost dimension first, as a matrix is written: a GGUF stores it the other way round. */
  readonly shape: readonly number[];
  readonly format: string;
  /** The raw blocks. */
  readonly bytes: Uint8Array;
}

export interface GgufFile {
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
}

/** Reads a GGUF version 3 file (little-endian) into memory. Layout: ggml's docs/gguf.md. */
export function readGguf(file: string): GgufFile {
  return parseGguf(readFileSync(file), file);
}

function parseGguf(bytes: Uint8Array, name: string): GgufFile {
  const cursor = new Cursor(bytes);
  if (cursor.uint32() !== 0x46554747) throw new DamagedArtifactError(`${name} is not a GGUF file: it does not begin with "GGUF".`);
  const version = cursor.uint32();
  if (version !== 3) throw new DamagedArtifactError(`${name} is GGUF version ${version}; version 3 is understood.`);
  const tensorCount = cursor.uint64();
  const metadataCount = cursor.uint64();

  const metadata = new Map<string, GgufValue>();
  for (let index = 0; index < metadataCount; index++) {
    const key = cursor.string();
    metadata.set(key, readValue(cursor, cursor.uint32()));
  }

  const headers = Array.from({ length: tensorCount }, () => {
    const tensorName = cursor.string();
    const shape = Array.from({ length: cursor.uint32() }, () => cursor.uint64()).reverse();
    return { name: tensorName, shape, format: blockFormatOf(cursor.uint32()), offset: cursor.uint64() };
  });

  const alignment = (metadata.get('general.alignment') as number | undefined) ?? 32;
  const dataStart = Math.ceil(cursor.position / alignment) * alignment;
  const tensors = new Map<string, GgufTensor>();
  for (const { name: tensorName, shape, format, offset } of headers) {
    const elements = shape.reduce((product, size) => product * size, 1);
    const start = dataStart + offset;
    const end = start + (elements / format.elements) * format.bytes;
    if (end > bytes.length) throw new DamagedArtifactError(`${name} ends inside tensor ${tensorName} (${bytes.length} of ${end} bytes).`);
    tensors.set(tensorName, { name: tensorName, shape, format: format.name, bytes: bytes.subarray(start, end) });
  }
  return { metadata, tensors };
}

/** The values of a tensor in 32-bit floats, row-major. */
export function readTensor(gguf: GgufFile, name: string): Float32Array {
  const tensor = gguf.tensors.get(name);
  if (!tensor) throw new DamagedArtifactError(`The GGUF file has no tensor "${name}".`);
  return dequantizeBlocks(tensor.format, tensor.bytes);
}

/** Some rows of a matrix, without expanding the others. */
export function readTensorRows(gguf: GgufFile, name: string, rows: readonly number[]): Float32Array {
  const tensor = gguf.tensors.get(name);
  if (!tensor) throw new DamagedArtifactError(`The GGUF file has no tensor "${name}".`);
  const [rowCount, width] = tensor.shape;
  const rowBytes = tensor.bytes.length / rowCount;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, index) => {
    values.set(dequantizeBlocks(tensor.format, tensor.bytes.subarray(row * rowBytes, (row + 1) * rowBytes)), index * width);
  });
  return values;
}

class Cursor {
  position = 0;
  private readonly view: DataView;
  // Some pieces begin with U+FEFF, which a decoder would otherwise take for a byte-order mark and drop.
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  /** Moves on by `size` bytes and returns where they began. */
  skip(size: number): number {
    const start = this.position;
    this.position += size;
    return start;
  }
  uint32(): number {
    return this.view.getUint32(this.skip(4), true);
  }
  uint64(): number {
    return Number(this.view.getBigUint64(this.skip(8), true));
  }
  string(): string {
    const length = this.uint64();
    const start = this.skip(length);
    return this.decoder.decode(this.bytes.subarray(start, start + length));
  }
  scalar(type: number): GgufValue {
    switch (type) {
      case 0: return this.view.getUint8(this.skip(1));
      case 1: return this.view.getInt8(this.skip(1));
      case 2: return this.view.getUint16(this.skip(2), true);
      case 3: return this.view.getInt16(this.skip(2), true);
      case 4: return this.uint32();
      case 5: return this.view.getInt32(this.skip(4), true);
      case 6: return this.view.getFloat32(this.skip(4), true);
      case 7: return this.view.getUint8(this.skip(1)) !== 0;
      case 8: return this.string();
      case 10: return this.uint64();
      case 11: return Number(this.view.getBigInt64(this.skip(8), true));
      case 12: return this.view.getFloat64(this.skip(8), true);
      default: throw new DamagedArtifactError(`GGUF metadata of unknown type ${type} at byte ${this.position}.`);
    }
  }
}

const ARRAY_TYPE = 9;

function readValue(cursor: Cursor, type: number): GgufValue {
  if (type !== ARRAY_TYPE) return cursor.scalar(type);
  const elementType = cursor.uint32();
  const length = cursor.uint64();
  return Array.from({ length }, () => readValue(cursor, elementType));
}
