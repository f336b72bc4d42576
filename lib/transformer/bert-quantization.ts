/** Two 4-bit codes a byte, the first in the low half. */
export function packNibbles(codes: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: codes.length / 2 }, (_, index) => codes[2 * index] | (codes[2 * index + 1] << 4));
}

/**
 * The largest code. Processors without VNNI add two products of an unsigned and a signed byte in 16 bits:
 * 2 * 255 * 64 still fits, 2 * 255 * 127 does not, and the sum would be cut off silently.
 */
const LARGEST_CODE = 64;

/**
 * A matrix (outputs, inputs) as signed codes (inputs, outputs) with one scale an output, the layout of DynamicQuantizeMatMul.
 */
export function quantizeColumns(values: Float32Array, outputs: number, inputs: number): { quantized: Int8Array; scales: Float32Array } {
  const quantized = new Int8Array(values.length);
  const scales = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    let largest = 0;
    for (let input = 0; input < inputs; input++) largest = Math.max(largest, Math.abs(values[output * inputs + input]));
    const scale = Math.fround(largest / LARGEST_CODE);
    scales[output] = scale;
    for (let input = 0; input < inputs; input++) quantized[input * outputs + output] = Math.round(values[output * inputs + input] / (scale || 1));
  }
  return { quantized, scales };
}
