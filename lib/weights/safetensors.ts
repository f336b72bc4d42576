/**
 * The safetensors format, written in float32: an 8-byte little-endian header length, a JSON header of names, shapes and byte
 * ranges, then the numbers (github.com/huggingface/safetensors).
 */
import { DamagedArtifactError } from '../system/errors.ts';
import { fromBfloat16, fromFloat16, toBfloat16 } from './float16.ts';

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** The bytes of a safetensors file of float32 tensors. */
export function encodeSafetensors(tensors: ReadonlyMap<string, NamedTensor>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  return Buffer.concat([...safetensorsParts([...tensors].map(([name, { shape, data }]) => ({ name, shape, read: () => data })), 'F32', metadata)]);
}

/** A tensor that is read when its turn to be written comes. */
export interface TensorSource {
  readonly name: string;
  readonly shape: readonly number[];
  read(): Float32Array;
}

/** The file piece by piece: its header, then one tensor after the other. */
export function* safetensorsParts(tensors: readonly TensorSource[], dtype: 'F32' | 'BF16', metadata: Readonly<Record<string, string>> = {}): Generator<Uint8Array> {
  const header: Record<string, HeaderEntry | typeof metadata> = { __metadata__: metadata };
  let length = 0;
  for (const { name, shape } of tensors) {
    const bytes = shape.reduce((product, dimension) => product * dimension, READERS[dtype].bytes);
    header[name] = { dtype, shape, data_offsets: [length, length + bytes] };
    length += bytes;
  }
  const text = JSON.stringify(header);
  // Padded with spaces so that the numbers start at a multiple of 8, as the format asks.
  const encoded = new TextEncoder().encode(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)));
  const start = new Uint8Array(8 + encoded.length);
  new DataView(start.buffer).setBigUint64(0, BigInt(encoded.length), true);
  start.set(encoded, 8);
  yield start;
  for (const { read } of tensors) {
    const data = dtype === 'F32' ? read() : toBfloat16(read());
    yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
}

/** The header may be this long; the adapters and models this project meets stay far below. */
const LONGEST_HEADER_BYTES = 16 << 20;

const READERS: Readonly<Record<string, { readonly bytes: number; read(buffer: ArrayBuffer): Float32Array }>> = {
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  F16: { bytes: 2, read: (buffer) => fromFloat16(new Uint16Array(buffer)) },
  BF16: { bytes: 2, read: (buffer) => fromBfloat16(new Uint16Array(buffer)) },
};

/**
 * Reads float32, float16 and bfloat16 tensors, all as float32. Throws DamagedArtifactError, naming `source`, when the bytes are
 * not a whole safetensors file or hold another type.
 */
export function decodeSafetensors(bytes: Uint8Array, source: string): SafetensorsFile {
  try {
    const headerLength = bytes.length < 8 ? Number.NaN : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    if (!(headerLength <= Math.min(LONGEST_HEADER_BYTES, bytes.length - 8))) throw new Error('its header does not fit');
    const { __metadata__: metadata = {}, ...entries } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
    const tensors = new Map<string, NamedTensor>();
    const body = bytes.subarray(8 + headerLength);
    for (const { name, reader, shape, start, end } of placements(entries, body.length)) {
      // Copied into memory of its own: the numbers may lie at an address that floats cannot be read from.
      tensors.set(name, { shape, data: reader.read(new Uint8Array(body.subarray(start, end)).buffer) });
    }
    return { tensors, metadata };
  } catch (error) {
    throw new DamagedArtifactError(`${source} is not a readable safetensors file: ${(error as Error).message}.`, { cause: error });
  }
}

/**
 * Where each tensor lies, in the header's order. All are checked before any is read: a small file whose tensors share their bytes
 * would otherwise fill the memory with copies of them.
 */
function placements(entries: Readonly<Record<string, HeaderEntry>>, bodyLength: number) {
  const placed = Object.entries(entries).map(([name, { dtype, shape, data_offsets: [start, end] }]) => {
    const named = `tensor "${name.slice(0, 120)}"`;
    const reader = Object.hasOwn(READERS, dtype) ? READERS[dtype] : undefined;
    if (!reader) throw new Error(`${named} is ${String(dtype).slice(0, 20)}, not one of ${Object.keys(READERS).join(', ')}`);
    if (![...shape, start, end].every((number) => Number.isSafeInteger(number) && number >= 0)) throw new Error(`${named} has sizes or places that are no whole numbers from 0`);
    const size = shape.reduce((product, dimension) => product * dimension, reader.bytes);
    if (end > bodyLength || end - start !== size) throw new Error(`${named} is cut short, or not of the shape it says`);
    return { name, named, reader, shape, start, end };
  });
  const ordered = [...placed].sort((one, other) => one.start - other.start || one.end - other.end);
  for (const [index, { named, start }] of ordered.entries()) {
    if (index > 0 && start < ordered[index - 1].end) throw new Error(`${named} lies over ${ordered[index - 1].named}`);
  }
  return placed;
}
