/** The decoder as other programs run it: one graph, its cache joined inside, named as Hugging Face's Optimum and transformers.js expect. */
import { Graph } from '../onnx/graph.ts';
import { concat, cumulativeSum, equal, greaterOrEqual, sizeOf, slice, subtract, where } from '../onnx/operators.ts';
import type { DecoderConfiguration } from './configuration.ts';
import { decoderLayers, embedTokens, wordScores } from './decoder.ts';
import { inferenceBackend } from './inference-graph.ts';
import type { DecoderWeights } from './weights.ts';

/**
 * Inputs `input_ids` (B,T), `attention_mask` (B,P+T; 0 for padding, old tokens included) and `past_key_values.L.key`, `.value` (B,G,P,D);
 * P may be 0. `accuracyLevel` as in inferenceGraph. Outputs `logits` (B,T,V) and `present.L.key`, `.value` (B,G,P+T,D). Positions follow from the mask.
 */
export function exportGraph(configuration: DecoderConfiguration, weights: DecoderWeights, accuracyLevel: 1 | 4 = 4): Graph {
  const { keyValueHeads, headWidth, layers } = configuration;
  const graph = new Graph('decoder');
  const tokens = graph.input('input_ids', 'int64', ['B', 'T']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'P+T']);
  const past = Array.from({ length: layers }, (_, layer) => ({
    key: graph.input(`past_key_values.${layer}.key`, 'float32', ['B', keyValueHeads, 'P', headWidth]),
    value: graph.input(`past_key_values.${layer}.value`, 'float32', ['B', keyValueHeads, 'P', headWidth]),
  }));
  const counted = subtract(cumulativeSum(mask, 1), 1);
  const keyPositions = where(equal(mask, 1), counted, -1); // (B,P+T)
  const own = slice(keyPositions, 1, sizeOf(past[0].key, 2), Number.MAX_SAFE_INTEGER, 'T');
  // What stands at a padded place is read by nobody, but its rotation is looked up all the same.
  const positions = where(greaterOrEqual(own, 0), own, 0);
  const backend = inferenceBackend(graph, configuration, weights, accuracyLevel, null);
  const { hidden, present } = decoderLayers(configuration, backend, embedTokens(configuration, backend, tokens), {
    positions,
    whole: {
      positions: keyPositions,
      join: (layer, fresh) => ({ key: concat([past[layer].key, fresh.key], 2), value: concat([past[layer].value, fresh.value], 2) }),
    },
  });
  graph.output('logits', wordScores(configuration, backend, hidden));
  present.forEach(({ key, value }, layer) => {
    graph.output(`present.${layer}.key`, key);
    graph.output(`present.${layer}.value`, value);
  });
  return graph;
}
