/** Rounds matrices to 8 bits: frozen ones for either direction of training, merged ones for answering. */
import { LARGEST_CODE, ZERO_CODE } from '../onnx/quantized.ts';

/** A matrix as signed codes with one scale for each column. */
export interface ColumnCodes {
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

/** W (rows, columns), row-major, with a scale for each column: what a gradient is multiplied by. */
export function quantizeColumns(values: Float32Array, rows: number, columns: number): ColumnCodes {
  const largest = new Float32Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const magnitude = Math.abs(values[at]);
      if (magnitude > largest[column]) largest[column] = magnitude;
    }
  }
  const scales = largest.map((magnitude) => magnitude / LARGEST_CODE);
  const factors = scales.map((scale) => (scale > 0 ? 1 / scale : 0));
  const codes = new Int8Array(values.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) codes[at] = Math.round(values[at] * factors[column]);
  }
  return { codes, scales };
}

/** W (rows, columns), its columns multiplied by their factors: a new matrix. */
export const scaleColumns = (values: Float32Array, factors: Float32Array): Float32Array => values.map((value, at) => value * factors[at % factors.length]);

/** W (rows, columns) transposed to (columns, rows), with a scale for each of the former rows: what activations are multiplied by. */
export function quantizeTransposed(values: Float32Array, rows: number, columns: number): ColumnCodes {
  const scales = new Float32Array(rows);
  const codes = new Int8Array(values.length);
  // Blocks of rows, so that what is written lies close together.
  const block = 64;
  for (let first = 0; first < rows; first += block) {
    const end = Math.min(rows, first + block);
    const factors = new Float32Array(block);
    for (let row = first; row < end; row++) {
      let largest = 0;
      for (let at = row * columns; at < (row + 1) * columns; at++) largest = Math.max(largest, Math.abs(values[at]));
      scales[row] = largest / LARGEST_CODE;
      factors[row - first] = scales[row] > 0 ? 1 / scales[row] : 0;
    }
    for (let column = 0; column < columns; column++) {
      for (let row = first; row < end; row++) codes[column * rows + row] = Math.round(values[row * columns + column] * factors[row - first]);
    }
  }
  return { codes, scales };
}

/** Signed codes as unsigned ones around ZERO_CODE, in the same memory: their sign bit turned. For processors that cut sums of signed bytes off (lib/onnx/saturation.ts). */
export function aroundMiddle(codes: Int8Array): Uint8Array {
  const bytes = new Uint8Array(codes.buffer, codes.byteOffset, codes.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] ^= ZERO_CODE;
  return bytes;
}
