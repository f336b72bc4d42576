/** The graph that generates: weights as they are stored, a cache that the caller keeps, LoRA matrices as inputs. */
import { Graph, type Shape, type Value } from '../onnx/graph.ts';
import { add, gather, matMul, multiply, split } from '../onnx/operators.ts';
import { times } from '../onnx/shapes.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup } from './configuration.ts';
import { decoderLayers, embedTokens, stackLayers, wordScores, type DecoderBackend } from './decoder.ts';
import type { DecoderWeights } from './weights.ts';

export interface InferenceGraphOptions {
  /** Whether adapters can be applied. Default true; without, the graph is the base model alone. */
  readonly adapters?: boolean;
  /** 4 (default) rounds activations to 8 bits too and is fast; 1 computes them in float32, for proofs. */
  readonly accuracyLevel?: 1 | 4;
  /** `last` (default): scores (B,V) after the last token; `all`: (B,T,V), for proofs and scoring. */
  readonly logits?: 'last' | 'all';
}

export const pastKeyName = (layer: number): string => `past.${layer}.key`;
export const pastValueName = (layer: number): string => `past.${layer}.value`;
/** Strengths for the groups of this many linear layers. */
export const scaleName = (layer: number, members: number): string => `adapter_scale.${layer}.${members}`;
export const loraName = (layer: number, group: ProjectionGroup, side: 'a' | 'b'): string => `lora.${layer}.${group}.${side}`;

/**
 * Inputs: `input_ids` (B,T), `positions` (B,T), `past_positions` (B,P; -1 for empty slots; P at least 1),
 * `past.L.key` and `past.L.value` (B,G,P,D), and with adapters, for a group of M linear layers whose outputs sum to N:
 * `lora.L.GROUP.a` (M*R,K), `lora.L.GROUP.b` (M*R,N) and `adapter_scale.L.M` (B,M*R,1), R being the layer's own rank, at
 * least 1. Row r of the scale multiplies rank r, so one call can serve rows with different strengths,
 * and - ranks of several adapters laid side by side - rows with different adapters.
 * Outputs: `logits`, and the new tokens' `keys` and `values` (L*B,G,T,D), layer after layer.
 */
export function inferenceGraph(configuration: DecoderConfiguration, weights: DecoderWeights, options: InferenceGraphOptions = {}): Graph {
  const { adapters = true, accuracyLevel = 4, logits = 'last' } = options;
  const { keyValueHeads, headWidth, layers } = configuration;
  const graph = new Graph('decoder');
  const tokens = graph.input('input_ids', 'int64', ['B', 'T']);
  const positions = graph.input('positions', 'int64', ['B', 'T']);
  const pastPositions = graph.input('past_positions', 'int64', ['B', 'P']);
  const history = Array.from({ length: layers }, (_, layer) => ({
    key: graph.input(pastKeyName(layer), 'float32', ['B', keyValueHeads, 'P', headWidth]),
    value: graph.input(pastValueName(layer), 'float32', ['B', keyValueHeads, 'P', headWidth]),
  }));
  const backend = inferenceBackend(graph, configuration, weights, accuracyLevel, adapters ? adapterInputs(graph, configuration) : null);

  const { hidden, present } = decoderLayers(configuration, backend, embedTokens(configuration, backend, tokens), { positions, pastPositions, history });
  // The vocabulary is the largest matrix: while a prompt is read, only its last token needs it.
  const scored = logits === 'all' ? hidden : gather(hidden, graph.constant(BigInt64Array.of(-1n), []), 1);
  graph.output('logits', wordScores(configuration, backend, scored));
  graph.output('keys', stackLayers(present.map((layer) => layer.key)));
  graph.output('values', stackLayers(present.map((layer) => layer.value)));
  return graph;
}

/** Adds an adapter's part to what a group of linear layers computed from `x`. */
export type ApplyAdapter = (base: Value, x: Value, layer: number, group: ProjectionGroup) => Value;

/** Stored weights in the precision they are stored in; `adapt`, where given, adds adapters. */
export function inferenceBackend(graph: Graph, configuration: DecoderConfiguration, weights: DecoderWeights, accuracyLevel: 1 | 4, adapt: ApplyAdapter | null): DecoderBackend {
  const gains = new Map<string, Value>();
  const embedding = weights.matrix(graph, 'embed_tokens.weight', accuracyLevel);
  return {
    embed: embedding.rows,
    gain(name) {
      if (!gains.has(name)) gains.set(name, weights.vector(graph, name));
      return gains.get(name)!;
    },
    project(x, layer, group) {
      const base = weights.group(graph, layer, group, accuracyLevel).multiply(x);
      const sizes = PROJECTION_GROUPS[group].map((name) => projectionSize(configuration, name).output);
      return split(adapt ? adapt(base, x, layer, group) : base, sizes);
    },
    head: embedding.multiply,
  };
}

/** y + (A x * s)^T B for each row, with A and B as inputs and s the strength of each rank for each row (Hu et al. 2021). */
function adapterInputs(graph: Graph, configuration: DecoderConfiguration): ApplyAdapter {
  const inputs = new Map<string, Value>();
  const input = (name: string, shape: Shape): void => void inputs.set(name, graph.input(name, 'float32', shape));
  for (let layer = 0; layer < configuration.layers; layer++) {
    const rank = `R${layer}`;
    for (const members of new Set(Object.values(PROJECTION_GROUPS).map((group) => group.length))) input(scaleName(layer, members), ['B', times(members, rank), 1]);
    for (const group of PROJECTION_GROUP_NAMES) {
      const members = PROJECTION_GROUPS[group];
      const output = members.reduce((total, name) => total + projectionSize(configuration, name).output, 0);
      input(loraName(layer, group, 'a'), [times(members.length, rank), projectionSize(configuration, members[0]).input]);
      input(loraName(layer, group, 'b'), [times(members.length, rank), output]);
    }
  }
  return (base, x, layer, group) => {
    const strength = inputs.get(scaleName(layer, PROJECTION_GROUPS[group].length))!;
    // Ranks are kept as rows: a product of a matrix with each row's own text is computed row by row, to the same bits whatever
    // stands beside it. With tokens as rows, all rows would share one product whose order of summation depends on their number.
    const narrow = multiply(matMul(inputs.get(loraName(layer, group, 'a'))!, x, { transposeB: true }), strength); // (B,M*R,T)
    return add(base, matMul(narrow, inputs.get(loraName(layer, group, 'b'))!, { transposeA: true })); // (B,T,N)
  };
}
