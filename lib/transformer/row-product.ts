/** Products with a matrix of 8-bit codes that round each row of the other side by itself. */
import type { Value } from '../onnx/graph.ts';
import { absolute, add, concat, divide, multiply, reduceMax, reduceSum, reshape, split } from '../onnx/operators.ts';
import { LARGEST_CODE, multiplyCodes, ZERO_CODE, type QuantizedColumns } from '../onnx/quantized.ts';

/**
 * x (B,T,K) by a matrix (K,N), summed in 32-bit integers. A row divided by its largest magnitude needs no scale of its own, so one product
 * serves all rows and none disturbs another: the results are the same to the bit in any company. A matrix may come in P parts (K/P,N), one below
 * the other; then each part of a row is divided by its own largest, and a few large numbers cost the rest less.
 */
export function multiplyRows(x: Value, parts: readonly QuantizedColumns[]): Value {
  const { graph } = x;
  const step = graph.constant(Float32Array.of(1 / LARGEST_CODE), []);
  const [rows, tokens, width] = x.shape;
  const inParts = parts.length === 1 ? x : reshape(x, [rows, tokens, parts.length, (width as number) / parts.length]);
  // Far below any activation: keeps a row of zeros from being divided by zero.
  const largest = add(reduceMax(absolute(inParts), [-1]), 1e-9); // (...,1)
  const [rounded] = graph.node('QuantizeLinear', [divide(inParts, largest), step, graph.constant(Uint8Array.of(ZERO_CODE), [])], [{ type: 'uint8', shape: inParts.shape }]);
  if (parts.length === 1) return multiply(multiplyCodes(rounded, step, parts[0]), largest);
  const products = split(rounded, parts.map(() => 1), 2).map((codes, part) => multiplyCodes(codes, step, parts[part])); // (B,T,1,N) each
  return reduceSum(multiply(concat(products, 2), largest), [2], false);
}
