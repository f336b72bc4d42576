export interface QuantizedMatrix {
  readonly quantized: Uint8Array;
  readonly scales: Float32Array;
}

/** Middle of the 8-bit range: what MatMulNBits assumes when no zero points are given. */
export const ZERO_POINT = 128;

/**
 * Symmetric 8-bit quantisation by blocks along the rows: scale = largest magnitude / 127, value = (quantized - 128) * scale.
 * The row length must be a multiple of the block size.
 */
export function quantizeBlocks(values: Float32Array, blockSize: number): QuantizedMatrix {
  const quantized = new Uint8Array(values.length);
  const scales = new Float32Array(values.length / blockSize);
  for (let block = 0; block < scales.length; block++) {
    const start = block * blockSize;
    let largest = 0;
    for (let index = start; index < start + blockSize; index++) largest = Math.max(largest, Math.abs(values[index]));
    const scale = Math.fround(largest / 127);
    scales[block] = scale;
    const inverse = scale > 0 ? 1 / scale : 0;
    for (let index = start; index < start + blockSize; index++) quantized[index] = Math.round(values[index] * inverse) + ZERO_POINT;
  }
  return { quantized, scales };
}
