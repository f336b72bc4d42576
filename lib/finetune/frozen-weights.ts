import type { Graph, Value } from '../onnx/graph.ts';

/** The base model in float32, as the training graphs read it. */
export interface FrozenWeights {
  /**
   * Puts one weight into a graph: `embed_tokens.weight` (V,C), gains by their HuggingFace names, and the linear layers
   * that share an input as one matrix (N,K) by `groupWeightName`.
   */
  place(graph: Graph, name: string): Value;
}
