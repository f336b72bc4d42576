import type { Dimension, Value } from '../onnx/graph.ts';
import { matMul, reshape, transpose } from '../onnx/operators.ts';
import type { GradientRule } from './rules.ts';

/**
 * Y = alpha A' B', where A' and B' are A and B, transposed in their last two axes or not:
 * dA' = alpha dY B'^T and dB' = alpha A'^T dY. What was transposed going in is transposed coming out.
 */
export const matrixProductGradients: GradientRule = ({ inputs: [a, b], gradients: [gradient], attributes }) => {
  const dy = gradient!;
  const transA = attributes.transA === 1;
  const transB = attributes.transB === 1;
  const alpha = (attributes.alpha as { float: number } | undefined)?.float ?? 1;
  return [
    () => transA
      ? matMul(b, dy, { transposeA: transB, transposeB: true, alpha })
      : matMul(dy, b, { transposeB: !transB, alpha }),
    () => {
      // A matrix shared by a whole batch: one product over all rows instead of one for each, summed afterwards.
      const [left, right] = b.shape.length === 2 && !transA ? [flatten(a), flatten(dy)] : [a, dy];
      // With a narrow left side the product is three times as fast that way round, and what is left to transpose is small.
      if (transB && b.shape.length === 2 && !transA && isNarrow(left, right)) return transpose(matMul(left, right, { transposeA: true, alpha }), [1, 0]);
      return transB
        ? matMul(right, left, { transposeA: true, transposeB: transA, alpha })
        : matMul(left, right, { transposeA: !transA, alpha });
    },
  ];
};

const isNarrow = (left: Value, right: Value): boolean => Number(left.shape.at(-1)) * 4 <= Number(right.shape.at(-1));

/** (..., K) -> (rows, K) */
function flatten(x: Value): Value {
  if (x.shape.length === 2) return x;
  const leading = x.shape.slice(0, -1);
  const rows: Dimension = leading.every((size) => typeof size === 'number') ? leading.reduce<number>((product, size) => product * (size as number), 1) : leading.join('*');
  return reshape(x, [rows, x.shape.at(-1)!]);
}
