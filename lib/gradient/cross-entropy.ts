import { GraphError, type Value } from '../onnx/graph.ts';
import { sameShape } from '../onnx/shapes.ts';

/**
 * Mean negative log-likelihood of the classes `targets` (A) under `logits` (A,V), a scalar. The log-probabilities (A,V)
 * come out beside it: the gradient reuses them instead of a second softmax.
 */
export function crossEntropy(logits: Value, targets: Value): { loss: Value; logProbabilities: Value } {
  if (logits.shape.length !== 2 || !sameShape(targets.shape, logits.shape.slice(0, 1))) {
    throw new GraphError(`Cross-entropy needs logits (A,V) and targets (A), got (${logits.shape.join(',')}) and (${targets.shape.join(',')}).`);
  }
  const [loss, logProbabilities] = logits.graph.node(
    'SoftmaxCrossEntropyLoss',
    [logits, targets],
    [{ type: 'float32', shape: [] }, { type: 'float32', shape: logits.shape }],
    { reduction: 'mean' },
  );
  return { loss, logProbabilities };
}
