/**
 * The graphs of fine-tuning, made from the same decoder as the one that answers: frozen float32 weights, LoRA on every
 * linear layer from `layout.firstLayer` up. Layers below never change, so a prefix graph computes their result once per
 * example and the training graph starts from there.
 * B examples, T tokens, C width, A answer tokens, R rank, P trained numbers.
 */
import { Graph, type Value } from '../onnx/graph.ts';
import { add, gather, matMul, reshape, split } from '../onnx/operators.ts';
import { crossEntropy } from '../gradient/cross-entropy.ts';
import { differentiate } from '../gradient/differentiate.ts';
import { PROJECTION_GROUPS, projectionSize, type DecoderConfiguration, type ProjectionGroup } from '../transformer/configuration.ts';
import { decoderLayers, embedTokens, wordScores, type DecoderBackend } from '../transformer/decoder.ts';
import { groupWeightName } from '../transformer/weights.ts';
import { adaptedLayerName, type AdapterLayout } from './adapter-layout.ts';
import type { FrozenWeights } from './frozen-weights.ts';

/**
 * Inputs `hidden_states` (B,T,C) from the prefix graph, `position_ids` (B,T), `answer_positions` (A): places in the
 * flattened (B*T) whose next token belongs to an answer, `target_ids` (A): those next tokens, `parameters` (P).
 * Outputs `loss`, the mean over answer tokens, and with `gradient` the flat `gradient` (P). Examples are padded on the
 * right: attention looks only left, so padding changes nothing.
 */
export function trainingGraph(configuration: DecoderConfiguration, weights: FrozenWeights, layout: AdapterLayout, alpha: number, options: { gradient: boolean }): Graph {
  const graph = new Graph(options.gradient ? 'training' : 'evaluation');
  const hidden = graph.input('hidden_states', 'float32', ['B', 'T', configuration.width]);
  const positions = graph.input('position_ids', 'int64', ['B', 'T']);
  const answerPositions = graph.input('answer_positions', 'int64', ['A']);
  const targets = graph.input('target_ids', 'int64', ['A']);
  const parameters = graph.input('parameters', 'float32', [layout.size]);

  const backend = frozenBackend(graph, configuration, weights, { matrices: adapterMatrices(parameters, layout), scale: alpha / layout.rank });
  const final = decoderLayers(configuration, backend, hidden, { positions }, layout.firstLayer).hidden;
  // The vocabulary is the largest matrix: only positions that predict an answer token need it.
  const answering = gather(reshape(final, ['B*T', configuration.width]), answerPositions); // (A,C)
  const { loss } = crossEntropy(wordScores(configuration, backend, answering), targets);
  graph.output('loss', loss);
  if (options.gradient) graph.output('gradient', differentiate(loss, [parameters])[0]);
  return graph;
}

/** Inputs `input_ids` and `position_ids` (B,T); output `hidden_states` (B,T,C) after the layers below `firstLayer`. */
export function prefixGraph(configuration: DecoderConfiguration, weights: FrozenWeights, firstLayer: number): Graph {
  const graph = new Graph('prefix');
  const tokens = graph.input('input_ids', 'int64', ['B', 'T']);
  const positions = graph.input('position_ids', 'int64', ['B', 'T']);
  const backend = frozenBackend(graph, configuration, weights, null);
  graph.output('hidden_states', decoderLayers(configuration, backend, embedTokens(configuration, backend, tokens), { positions }, 0, firstLayer).hidden);
  return graph;
}

interface Adapter {
  readonly matrices: ReadonlyMap<string, { readonly A: Value; readonly B: Value }>;
  readonly scale: number;
}

/** The flat vector cut into its matrices; joining their gradients again is the split's own gradient rule. */
function adapterMatrices(parameters: Value, layout: AdapterLayout): Adapter['matrices'] {
  const parts = split(parameters, layout.matrices.map(({ length }) => length), 0);
  const found = new Map<string, { A: Value; B: Value }>();
  layout.matrices.forEach(({ layerName, side, shape }, index) => {
    found.set(layerName, { ...found.get(layerName), [side]: reshape(parts[index], shape) } as { A: Value; B: Value });
  });
  return found;
}

function frozenBackend(graph: Graph, configuration: DecoderConfiguration, weights: FrozenWeights, adapter: Adapter | null): DecoderBackend {
  const known = new Map<string, Value>();
  const weight = (name: string): Value => {
    if (!known.has(name)) known.set(name, weights.place(graph, name));
    return known.get(name)!;
  };
  return {
    embed: (tokens) => gather(weight('embed_tokens.weight'), tokens),
    gain: weight,
    project: (x, layer, group) => projectGroup(x, layer, group),
    head: (hidden) => matMul(hidden, weight('embed_tokens.weight'), { transposeB: true }),
  };

  function projectGroup(x: Value, layer: number, group: ProjectionGroup): Value[] {
    const members = PROJECTION_GROUPS[group];
    const together = matMul(x, weight(groupWeightName(layer, group)), { transposeB: true }); // (B,T,K) @ (N,K)^T
    const base = split(together, members.map((name) => projectionSize(configuration, name).output));
    return members.map((name, index) => {
      const lora = adapter?.matrices.get(adaptedLayerName(layer, name));
      if (!lora) return base[index];
      const narrow = matMul(x, lora.A, { transposeB: true }); // (B,T,K) @ (R,K)^T -> (B,T,R)
      return add(base[index], matMul(narrow, lora.B, { transposeB: true, alpha: adapter!.scale }));
    });
  }
}
