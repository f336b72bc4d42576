/** Products with a matrix of 8-bit codes that round each row of the other side by itself. */
import type { Value } from '../onnx/graph.ts';
import { absolute, add, divide, multiply, reduceMax } from '../onnx/operators.ts';

/** A matrix (K,N) as codes times one scale for each column. */
export interface ColumnCodes {
  /** (K,N) int8, or uint8 around 128: what processors multiply exactly that cut sums of signed bytes off (lib/onnx/saturation.ts). */
  readonly codes: Value;
  /** (N) */
  readonly scales: Value;
}

/**
 * x (...,K) by a matrix (K,N), summed in 32-bit integers. A row divided by its largest magnitude needs no scale of its own, so one product
 * serves all rows and none disturbs another: the results are the same to the bit in any company.
 */
export function multiplyRows(x: Value, { codes, scales }: ColumnCodes): Value {
  const { graph } = x;
  // Far below any activation: keeps a row of zeros from being divided by zero.
  const largest = add(reduceMax(absolute(x), [-1]), 1e-9); // (...,1)
  const step = graph.constant(Float32Array.of(1 / 127), []);
  const middle = graph.constant(Uint8Array.of(128), []);
  const [rounded] = graph.node('QuantizeLinear', [divide(x, largest), step, middle], [{ type: 'uint8', shape: x.shape }]);
  const [product] = graph.node('MatMulIntegerToFloat', [rounded, codes, step, scales, middle, ...(codes.type === 'uint8' ? [middle] : [])], [{ type: 'float32', shape: [...x.shape.slice(0, -1), codes.shape[1]] }], {}, 'com.microsoft');
  return multiply(product, largest);
}
