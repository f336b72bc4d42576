/**
 * The graphs of fine-tuning, made from the same decoder as the one that answers: frozen weights, LoRA on every linear
 * layer from `layout.firstLayer` up. Layers below never change, so a prefix graph computes their result once per
 * example and the training graph starts from there.
 * B examples, T tokens, C width, A answer tokens, R rank, P trained numbers.
 */
/**
 * The graphs of fine-tuning, made from the same decoder as the one that answers: frozen float32 weights, LoRA on every
 * linear layer from `layout.firstLayer` up. Layers below never change, so a prefix graph computes their result once per
 * example and the training graph starts from there.
 * B examples, T tokens, C width, A answer tokens, R rank, P trained numbers.
 */
import { Graph, type Value } from '../onnx/graph.ts';
import { add, gather, matMul, reshape, rmsNorm, split, unsqueeze } from '../onnx/operators.ts';
import { differentiate } from '../gradient/differentiate.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup, type ProjectionName } from '../transformer/configuration.ts';
import { decoderLayers, embedTokens, type DecoderBackend } from '../transformer/decoder.ts';
import { groupWeightName } from '../transformer/weights.ts';
import { adaptedLayerName, type AdapterLayout } from './adapter-layout.ts';
import { FrozenProducts } from './frozen-product.ts';
import type { FrozenWeights } from './frozen-weights.ts';

const EMBEDDINGS = 'embed_tokens.weight';

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

  const products = new FrozenProducts(graph, weights, positions);
  const backend = frozenBackend(configuration, products, { matrices: adapterMatrices(configuration, parameters, layout), scale: alpha / layout.rank });
  // Once the last layer has looked around, only positions that predict an answer token need its products, and the vocabulary's.
  const read = (x: Value): Value => unsqueeze(gather(reshape(x, ['B*T', x.shape.at(-1)!]), answerPositions), [0]); // (1,A,...)
  const final = decoderLayers(configuration, backend, hidden, { positions, read }, layout.firstLayer).hidden;
  const answering = reshape(final, ['A', configuration.width]);
  const loss = products.wordLoss(rmsNorm(answering, backend.gain('norm.weight'), configuration.normEpsilon), targets, EMBEDDINGS);
  graph.output('loss', loss);
  if (options.gradient) graph.output('gradient', differentiate(loss, [parameters], products.passages)[0]);
  return graph;
}

/** Inputs `input_ids` and `position_ids` (B,T); output `hidden_states` (B,T,C) after the layers below `firstLayer`. */
export function prefixGraph(configuration: DecoderConfiguration, weights: FrozenWeights, firstLayer: number): Graph {
  const graph = new Graph('prefix');
  const tokens = graph.input('input_ids', 'int64', ['B', 'T']);
  const positions = graph.input('position_ids', 'int64', ['B', 'T']);
  const backend = frozenBackend(configuration, new FrozenProducts(graph, weights, positions), null);
  graph.output('hidden_states', decoderLayers(configuration, backend, embedTokens(configuration, backend, tokens), { positions }, 0, firstLayer).hidden);
  return graph;
}

interface GroupMatrices {
  /** (M*R,K): those of the M members, one under the other. */
  readonly A: Value;
  /** (N,R) for each member. */
  readonly B: readonly Value[];
}

interface Adapter {
  readonly matrices: ReadonlyMap<string, GroupMatrices>;
  readonly scale: number;
}

/** The flat vector cut into its matrices, by layer and group; joining their gradients again is the split's own gradient rule. */
function adapterMatrices(configuration: DecoderConfiguration, parameters: Value, layout: AdapterLayout): Adapter['matrices'] {
  const groups = Array.from({ length: configuration.layers - layout.firstLayer }, (_, index) =>
    PROJECTION_GROUP_NAMES.map((group) => ({ key: groupWeightName(layout.firstLayer + index, group), sizes: PROJECTION_GROUPS[group].map((name) => projectionSize(configuration, name)) }))).flat();
  const shapes = groups.map(({ sizes }) => [[sizes.length * layout.rank, sizes[0].input], ...sizes.map(({ output }) => [output, layout.rank])]);
  const parts = split(parameters, shapes.flat().map(([rows, columns]) => rows * columns), 0);
  let next = 0;
  return new Map(groups.map(({ key }, index) => {
    const [A, ...B] = shapes[index].map((shape) => reshape(parts[next++], shape));
    return [key, { A, B }];
  }));
}

function frozenBackend(configuration: DecoderConfiguration, products: FrozenProducts, adapter: Adapter | null): DecoderBackend {
  return {
    embed: (tokens) => gather(products.weight(EMBEDDINGS), tokens),
    gain: (name) => products.weight(name),
    project: (x, layer, group) => projectGroup(x, layer, group),
    head: (hidden) => products.multiply(hidden, [EMBEDDINGS])[0],
  };

  function projectGroup(x: Value, layer: number, group: ProjectionGroup): Value[] {
    const members: readonly ProjectionName[] = PROJECTION_GROUPS[group];
    const base = products.multiply(x, members.map((name) => `${adaptedLayerName(layer, name)}.weight`));
    const lora = adapter?.matrices.get(groupWeightName(layer, group));
    if (!lora) return base;
    const rank = lora.B[0].shape[1] as number;
    const narrow = split(matMul(x, lora.A, { transposeB: true, alpha: adapter!.scale }), members.map(() => rank)); // (B,T,K) @ (M*R,K)^T -> M of (B,T,R)
    return base.map((y, index) => add(y, matMul(narrow[index], lora.B[index], { transposeB: true })));
  }
}
