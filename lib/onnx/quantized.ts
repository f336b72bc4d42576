/** Matrix products in 8 bits that round every row by itself, so that a small row is not lost beside a large one. */
import { GraphError, type Value } from './graph.ts';
import { multiply, negate, reduceMax, reduceMin, reshape } from './operators.ts';
import { format } from './shapes.ts';

const MICROSOFT = 'com.microsoft';
/** Codes are unsigned around this zero, the form in which processors multiply bytes fastest. */
export const ZERO_CODE = 128;
export const LARGEST_CODE = 127;
/** Keeps a row of zeros from being divided by zero; far below any activation or gradient. */
const SMALLEST_MAGNITUDE = 1e-28;

/** x (...,K) is nearly (codes - ZERO_CODE) * scales. */
export interface QuantizedRows {
  /** (...,K) uint8 */
  readonly codes: Value;
  /** (...,1) */
  readonly scales: Value;
}

/** A matrix (K,N) as codes times one scale for each column. */
export interface QuantizedColumns {
  /** (K,N) int8, or uint8 around ZERO_CODE: what processors multiply exactly that cut sums of signed bytes off (saturation.ts). */
  readonly codes: Value;
  /** (N) */
  readonly scales: Value;
}

/**
 * Rounds each row of x (...,K) to 8 bits by its largest magnitude. `sizesFrom` carries the named sizes where x has several.
 */
export function quantizeRows(x: Value, sizesFrom?: Value): QuantizedRows {
  const { graph } = x;
  // The largest of both ends reads x twice; the magnitudes of all numbers would have to be written and read again.
  const ends = [reduceMax(x, [-1]), negate(reduceMin(x, [-1])), graph.constant(Float32Array.of(SMALLEST_MAGNITUDE), [])];
  const [largest] = graph.node('Max', ends, [{ type: 'float32', shape: [...x.shape.slice(0, -1), 1] }]);
  const scales = multiply(largest, 1 / LARGEST_CODE); // (...,1)
  const rows = x.shape.slice(0, -1).join('*');
  const flat = reshape(x, [rows, x.shape.at(-1)!]);
  const flatScales = reshape(scales, [rows]);
  const zeros = graph.node('Expand', [graph.constant(Uint8Array.of(ZERO_CODE)), graph.node('Shape', [flatScales], [{ type: 'int64', shape: [1] }])[0]], [{ type: 'uint8', shape: [rows] }])[0];
  const [codes] = graph.node('QuantizeLinear', [flat, flatScales, zeros], [{ type: 'uint8', shape: flat.shape }], { axis: 0 });
  return { codes: reshape(codes, x.shape, sizesFrom), scales };
}

/** (...,K) times (K,N), summed in 32-bit integers, in float32. */
export function multiplyQuantized({ codes, scales }: QuantizedRows, columns: QuantizedColumns): Value {
  return multiply(multiplyCodes(codes, codes.graph.constant(Float32Array.of(1), []), columns), scales);
}

/** Codes (...,K) around ZERO_CODE, which stand for so many `step`s (), times (K,N), summed in 32-bit integers, in float32. */
export function multiplyCodes(rows: Value, step: Value, { codes, scales }: QuantizedColumns): Value {
  const { graph } = rows;
  const [inner, [height, width]] = [rows.shape.at(-1), codes.shape];
  if (inner !== height) throw new GraphError(`A quantised product of ${format(rows.shape)} and ${format(codes.shape)}: inner sizes differ.`);
  const middle = graph.constant(Uint8Array.of(ZERO_CODE), []);
  const inputs = [rows, codes, step, scales, middle, ...(codes.type === 'uint8' ? [middle] : [])];
  return graph.node('MatMulIntegerToFloat', inputs, [{ type: 'float32', shape: [...rows.shape.slice(0, -1), width] }], {}, MICROSOFT)[0];
}
