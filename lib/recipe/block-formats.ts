/**
 * The block formats of ggml that the sources use, expanded to 32-bit floats. Layouts: ggml's ggml-common.h;
 * checked against the `gguf` Python package (block-formats.test.ts).
 */
import { DamagedArtifactError } from '../system/errors.ts';

interface BlockFormat {
  readonly name: string;
  /** ggml's number for the type. */
  readonly id: number;
  /** Values in a block. */
  readonly elements: number;
  readonly bytes: number;
  /** Writes one block's values; `start` is the block's first byte, `at` the place of its first value. */
  readonly expand: (view: DataView, start: number, values: Float32Array, at: number) => void;
}

const FORMATS: readonly BlockFormat[] = [
  { name: 'F32', id: 0, elements: 1, bytes: 4, expand: (view, start, values, at) => { values[at] = view.getFloat32(start, true); } },
  { name: 'Q4_0', id: 2, elements: 32, bytes: 18, expand: expandQ4_0 },
  { name: 'Q5_0', id: 6, elements: 32, bytes: 22, expand: expandQ5_0 },
  { name: 'Q8_0', id: 8, elements: 32, bytes: 34, expand: expandQ8_0 },
  { name: 'Q4_K', id: 12, elements: 256, bytes: 144, expand: expandQ4_K },
  { name: 'Q6_K', id: 14, elements: 256, bytes: 210, expand: expandQ6_K },
];

/** The format of ggml's number. DamagedArtifactError for one that is not understood. */
export function blockFormatOf(id: number): BlockFormat {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (!format) throw new DamagedArtifactError(`ggml block format ${id} is not one of ${FORMATS.map(({ name }) => name).join(', ')}.`);
  return format;
}

/** Whole blocks of the named format as floats. DamagedArtifactError for a name that is none. */
export function dequantizeBlocks(name: string, bytes: Uint8Array): Float32Array {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (!format) throw new DamagedArtifactError(`Unknown block format ${name}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = bytes.length / format.bytes;
  const values = new Float32Array(blocks * format.elements);
  for (let block = 0; block < blocks; block++) format.expand(view, block * format.bytes, values, block * format.elements);
  return values;
}

/** IEEE 754 half precision to a number. */
export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** 4 bits around 8, one scale: byte j holds value j below and value j + 16 above. */
function expandQ4_0(view: DataView, start: number, values: Float32Array, at: number): void {
  const scale = halfToFloat(view.getUint16(start, true));
  for (let j = 0; j < 16; j++) {
    const byte = view.getUint8(start + 2 + j);
    values[at + j] = scale * ((byte & 15) - 8);
    values[at + j + 16] = scale * ((byte >> 4) - 8);
  }
}

/** As Q4_0 with the fifth bits gathered in one 32-bit word, around 16. */
function expandQ5_0(view: DataView, start: number, values: Float32Array, at: number): void {
  const scale = halfToFloat(view.getUint16(start, true));
  const fifthBits = view.getUint32(start + 2, true);
  for (let j = 0; j < 16; j++) {
    const byte = view.getUint8(start + 6 + j);
    values[at + j] = scale * (((byte & 15) | (((fifthBits >>> j) & 1) << 4)) - 16);
    values[at + j + 16] = scale * (((byte >> 4) | (((fifthBits >>> (j + 16)) & 1) << 4)) - 16);
  }
}

function expandQ8_0(view: DataView, start: number, values: Float32Array, at: number): void {
  const scale = halfToFloat(view.getUint16(start, true));
  for (let j = 0; j < 32; j++) values[at + j] = scale * view.getInt8(start + 2 + j);
}

/** Eight groups of 32 with a 6-bit scale and a 6-bit minimum each, packed in 12 bytes. */
function expandQ4_K(view: DataView, start: number, values: Float32Array, at: number): void {
  const scaleOfScales = halfToFloat(view.getUint16(start, true));
  const scaleOfMinima = halfToFloat(view.getUint16(start + 2, true));
  const packed = (index: number): number => view.getUint8(start + 4 + index);
  for (let group = 0; group < 8; group++) {
    const scale = scaleOfScales * (group < 4 ? packed(group) & 63 : (packed(group + 4) & 15) | ((packed(group - 4) >> 6) << 4));
    const minimum = scaleOfMinima * (group < 4 ? packed(group + 4) & 63 : (packed(group + 4) >> 4) | ((packed(group) >> 6) << 4));
    const bytes = start + 16 + (group >> 1) * 32;
    for (let j = 0; j < 32; j++) {
      const byte = view.getUint8(bytes + j);
      values[at + group * 32 + j] = scale * (group & 1 ? byte >> 4 : byte & 15) - minimum;
    }
  }
}

/** Sixteen groups of 16 with a signed 8-bit scale each; 4 low and 2 high bits apart, around 32. */
function expandQ6_K(view: DataView, start: number, values: Float32Array, at: number): void {
  const scale = halfToFloat(view.getUint16(start + 208, true));
  for (let half = 0; half < 2; half++) {
    for (let quarter = 0; quarter < 4; quarter++) {
      for (let j = 0; j < 32; j++) {
        const low = view.getUint8(start + half * 64 + (quarter & 1) * 32 + j);
        const high = view.getUint8(start + 128 + half * 32 + j) >> (2 * quarter);
        const quantized = ((quarter < 2 ? low & 15 : low >> 4) | ((high & 3) << 4)) - 32;
        const groupScale = view.getInt8(start + 192 + half * 8 + quarter * 2 + (j >> 4));
        values[at + half * 128 + quarter * 32 + j] = scale * groupScale * quantized;
      }
    }
  }
}
