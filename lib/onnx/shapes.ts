/** Rules of shapes with symbolic sizes. Everything here is pure. */
import { GraphError, type Dimension, type Shape } from './graph.ts';

/** NumPy broadcasting (onnx.ai/onnx/repo-docs/Broadcasting.html); sizes known by name match only themselves. */
export function broadcast(left: Shape, right: Shape, operator: string): Shape {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a === b || b === 1) return a;
    if (a === 1) return b;
    throw new GraphError(`${operator}: shapes ${format(left)} and ${format(right)} do not broadcast (axis ${axis}: ${a} against ${b}).`);
  });
}

/** Shape of `left @ right`, either one transposed in its last two axes. */
export function matrixProduct(left: Shape, right: Shape, transposeLeft: boolean, transposeRight: boolean): Shape {
  if (left.length < 2 || right.length < 2) throw new GraphError(`MatMul needs at least two axes, got ${format(left)} and ${format(right)}.`);
  const [rows, innerLeft] = lastTwo(left, transposeLeft);
  const [innerRight, columns] = lastTwo(right, transposeRight);
  if (innerLeft !== innerRight) throw new GraphError(`MatMul: inner sizes differ in ${format(left)} and ${format(right)} (${innerLeft} against ${innerRight}).`);
  return [...broadcast(left.slice(0, -2), right.slice(0, -2), 'MatMul'), rows, columns];
}

function lastTwo(shape: Shape, transposed: boolean): [Dimension, Dimension] {
  const [a, b] = shape.slice(-2) as [Dimension, Dimension];
  return transposed ? [b, a] : [a, b];
}

/** The shape without these axes, or with 1 in their places. */
export function reduced(shape: Shape, axes: readonly number[], keepDimensions: boolean): Shape {
  const dropped = new Set(axes.map((axis) => normalAxis(axis, shape.length)));
  return shape.flatMap((dimension, axis) => (dropped.has(axis) ? (keepDimensions ? [1] : []) : [dimension]));
}

/** An axis counted from 0, given from the front or, negative, from the back. GraphError when there is none. */
export function normalAxis(axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (normal < 0 || normal >= rank) throw new GraphError(`Axis ${axis} does not exist in a value of ${rank} axes.`);
  return normal;
}

/** Sum of sizes along a joined axis; names stay readable: `P+T`, and equal names are counted: `3*R`. */
export function sum(dimensions: readonly Dimension[]): Dimension {
  const known = dimensions.filter((dimension) => typeof dimension === 'number').reduce((total, size) => total + size, 0);
  const names = dimensions.filter((dimension) => typeof dimension === 'string');
  if (names.length === 0) return known;
  const counted = [...new Set(names)].map((name) => times(names.filter((other) => other === name).length, name));
  return [...counted, ...(known > 0 ? [known] : [])].join('+');
}

/** Product of sizes with a fixed factor; names stay readable: `4*T`. */
export function times(factor: number, dimension: Dimension): Dimension {
  if (typeof dimension === 'number') return factor * dimension;
  return factor === 1 ? dimension : `${factor}*${dimension}`;
}

export const format = (shape: Shape): string => `(${shape.join(', ')})`;
