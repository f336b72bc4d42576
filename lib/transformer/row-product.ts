/** Products with a matrix of 8-bit codes that round each row of the other side by itself. */
import type { Value } from '../onnx/graph.ts';
import { absolute, add, divide, multiply, reduceMax } from '../onnx/operators.ts';
import { LARGEST_CODE, multiplyCodes, ZERO_CODE, type QuantizedColumns } from '../onnx/quantized.ts';

/**
 * x (...,K) by a matrix (K,N), summed in 32-bit integers. A row divided by its largest magnitude needs no scale of its own, so one product
 * serves all rows and none disturbs another: the results are the same to the bit in any company.
 */
export function multiplyRows(x: Value, columns: QuantizedColumns): Value {
  const { graph } = x;
  // Far below any activation: keeps a row of zeros from being divided by zero.
  const largest = add(reduceMax(absolute(x), [-1]), 1e-9); // (...,1)
  const step = graph.constant(Float32Array.of(1 / LARGEST_CODE), []);
  const [rounded] = graph.node('QuantizeLinear', [divide(x, largest), step, graph.constant(Uint8Array.of(ZERO_CODE), [])], [{ type: 'uint8', shape: x.shape }]);
  return multiply(multiplyCodes(rounded, step, columns), largest);
}
