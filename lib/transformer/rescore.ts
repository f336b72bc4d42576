/** Likely words scored again, exactly. */
import type { Value } from '../onnx/graph.ts';
import { largestIndices, matMul, reshape, scatter, unsqueeze } from '../onnx/operators.ts';

/** Scores are off by tenths: a word that is not among so many by rounded ones is not the likeliest by exact ones. */
const LIKELIEST = 32;

/**
 * Scores (...,V), the highest of them computed anew in float32 from x (...,K). A word's row is rounded once and for all, so that its score is off by as much
 * whenever it is likely: that of the refusal's first word was (docs/experiments/decoding.md).
 * @param rows of the matrix, as exact as they are kept: indices (...) to (...,K).
 */
export function rescoreLikeliest(scores: Value, x: Value, rows: (indices: Value) => Value): Value {
  const likeliest = largestIndices(scores, LIKELIEST); // (...,32)
  const exact = matMul(rows(likeliest), unsqueeze(x, [x.shape.length])); // (...,32,1)
  return scatter(scores, likeliest, reshape(exact, likeliest.shape, scores));
}
