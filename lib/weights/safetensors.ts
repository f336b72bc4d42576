/**
 * The safetensors format, float32 only: an 8-byte little-endian header length, a JSON header of names, shapes and byte
 * ranges, then the numbers (github.com/huggingface/safetensors).
 */
import { DamagedArtifactError } from '../system/errors.ts';

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

export function encodeSafetensors(tensors: ReadonlyMap<string, NamedTensor>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const header: Record<string, HeaderEntry | typeof metadata> = { __metadata__: metadata };
  let length = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [length, length + data.byteLength] };
    length += data.byteLength;
  }
  const text = JSON.stringify(header);
  // Padded with spaces so that the numbers start at a multiple of 8, as the format asks.
  const encoded = new TextEncoder().encode(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)));
  const file = new Uint8Array(8 + encoded.length + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(encoded.length), true);
  file.set(encoded, 8);
  let offset = 8 + encoded.length;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return file;
}

/** Throws DamagedArtifactError, naming `source`, when the bytes are not a whole float32 safetensors file. */
export function decodeSafetensors(bytes: Uint8Array, source: string): SafetensorsFile {
  try {
    const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    const { __metadata__: metadata = {}, ...entries } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
    const tensors = new Map<string, NamedTensor>();
    for (const [name, { dtype, shape, data_offsets: [start, end] }] of Object.entries(entries as Record<string, HeaderEntry>)) {
      if (dtype !== 'F32') throw new Error(`tensor "${name}" is ${dtype}, not F32`);
      // Copied into memory of its own: the numbers may lie at an address that floats cannot be read from.
      const part = new Uint8Array(bytes.subarray(8 + headerLength + start, 8 + headerLength + end));
      if (part.byteLength !== end - start) throw new Error(`tensor "${name}" is cut short`);
      tensors.set(name, { shape, data: new Float32Array(part.buffer, 0, part.byteLength / 4) });
    }
    return { tensors, metadata };
  } catch (error) {
    throw new DamagedArtifactError(`${source} is not a readable safetensors file: ${(error as Error).message}.`, { cause: error });
  }
}
