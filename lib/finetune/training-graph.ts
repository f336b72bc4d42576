/**
 * The graphs of fine-tuning, made from the same decoder as the one that answers: frozen weights, LoRA on every linear
 * layer from `layout.firstLayer` up. Layers below never change, so a prefix graph computes their result once per
 * example and the training graph starts from there.
 * B examples, T tokens, S tokens of the context apart, C width, A answer tokens, R rank, P trained numbers.
 */
import { Graph, type Value } from '../onnx/graph.ts';
import { add, gather, identity, matMul, reshape, rmsNorm, split, unsqueeze } from '../onnx/operators.ts';
import { differentiate } from '../gradient/differentiate.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup, type ProjectionName } from '../transformer/configuration.ts';
import { decoderLayers, embedTokens, type DecoderBackend, type LayerHistory } from '../transformer/decoder.ts';
import { groupWeightName } from '../transformer/weights.ts';
import { adaptedLayerName, type AdapterLayout } from './adapter-layout.ts';
import { FrozenProducts } from './frozen-product.ts';
import type { FrozenWeights } from './frozen-weights.ts';

const EMBEDDINGS = 'embed_tokens.weight';

/**
 * How far back gradients go. `everything`: to every token, which is the true gradient. `answers`: through the tokens that predict the
 * answer; tokens before them, the context, are trained only in what they offer as keys and values, in each layer by itself. That spares
 * two thirds of the way back where two thirds of the tokens are question.
 */
export type GradientReach = 'everything' | 'answers';

/**
 * Inputs `hidden_states` (B,T,C) from the prefix graph, `position_ids` (B,T), `answer_positions` (A): places in the
 * flattened (B*T) whose next token belongs to an answer, `target_ids` (A): those next tokens, `parameters` (P). Rows are
 * padded on the right: attention looks only left, so padding changes nothing. `segment_ids` (B,T) tell apart the examples of a row, which
 * share its beginning (batches.ts). Where gradients reach only answers, the T tokens are
 * those from the last of the prompt on, a row is one example without segments, and the S before them come as `context_states` (B,S,C), `context_position_ids` (B,S)
 * and `context_slots` (B,S): the same with -1 for padding.
 * Outputs `loss`, the mean over answer tokens, and with `gradient` the flat `gradient` (P).
 */
export function trainingGraph(configuration: DecoderConfiguration, weights: FrozenWeights, layout: AdapterLayout, alpha: number, options: { gradient: boolean; reach?: GradientReach }): Graph {
  const graph = new Graph(options.gradient ? 'training' : 'evaluation');
  const hidden = graph.input('hidden_states', 'float32', ['B', 'T', configuration.width]);
  const positions = graph.input('position_ids', 'int64', ['B', 'T']);
  const answerPositions = graph.input('answer_positions', 'int64', ['A']);
  const targets = graph.input('target_ids', 'int64', ['A']);
  const parameters = graph.input('parameters', 'float32', [layout.size]);
  const context = options.reach === 'answers' ? contextInputs(graph, configuration) : null;
  const segments = context ? undefined : graph.input('segment_ids', 'int64', ['B', 'T']);

  const products = new FrozenProducts(graph, weights, context ? [positions, context.positions] : [positions]);
  const backend = frozenBackend(products, { matrices: adapterMatrices(configuration, parameters, layout), scale: alpha / layout.rank });
  const stops = new Set<Value>();
  // Once the last layer has looked around, only positions that predict an answer token need its products, and the vocabulary's.
  const read = (x: Value): Value => unsqueeze(gather(reshape(x, ['B*T', x.shape.at(-1)!]), answerPositions), [0]); // (1,A,...)
  const final = decoderLayers(configuration, backend, hidden, { positions, segments, read, ...(context && attendedContext(context)) }, layout.firstLayer).hidden;
  const answering = reshape(final, ['A', configuration.width]);
  const loss = products.wordLoss(rmsNorm(answering, backend.gain('norm.weight'), configuration.normEpsilon), targets, EMBEDDINGS);
  graph.output('loss', loss);
  if (options.gradient) graph.output('gradient', differentiate(loss, [parameters], { passages: products.passages, stops })[0]);
  return graph;

  /** Keys and values of the context; what they are made from in each layer is taken as given. */
  function attendedContext({ states, positions: places, slots }: ContextInputs): { history: LayerHistory[]; pastPositions: Value } {
    const enter = (state: Value): Value => {
      const given = identity(state);
      stops.add(given);
      return given;
    };
    const { present } = decoderLayers(configuration, backend, states, { positions: places, enter, onlyPresent: true }, layout.firstLayer);
    return { history: [...new Array<LayerHistory>(layout.firstLayer), ...present], pastPositions: slots };
  }
}

interface ContextInputs {
  readonly states: Value;
  readonly positions: Value;
  readonly slots: Value;
}

const contextInputs = (graph: Graph, configuration: DecoderConfiguration): ContextInputs => ({
  states: graph.input('context_states', 'float32', ['B', 'S', configuration.width]),
  positions: graph.input('context_position_ids', 'int64', ['B', 'S']),
  slots: graph.input('context_slots', 'int64', ['B', 'S']),
});

/** Inputs `input_ids` and `position_ids` (B,T); output `hidden_states` (B,T,C) after the layers below `firstLayer`. */
export function prefixGraph(configuration: DecoderConfiguration, weights: FrozenWeights, firstLayer: number): Graph {
  const graph = new Graph('prefix');
  const tokens = graph.input('input_ids', 'int64', ['B', 'T']);
  const positions = graph.input('position_ids', 'int64', ['B', 'T']);
  const backend = frozenBackend(new FrozenProducts(graph, weights, [positions]), null);
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
  /** By layer and group. */
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

function frozenBackend(products: FrozenProducts, adapter: Adapter | null): DecoderBackend {
  return {
    embed: (tokens) => gather(products.weight(EMBEDDINGS), tokens),
    gain: (name) => products.weight(name),
    project: projectGroup,
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
