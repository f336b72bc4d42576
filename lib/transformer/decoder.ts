/**
 * The decoder-only transformer, written once. What differs between running and training it - 8-bit or float weights,
 * how LoRA is applied, whether there is a cache - is behind DecoderBackend and the optional history.
 * B rows, T new tokens, P cached tokens, C width, H heads, G key/value heads, D head width, V vocabulary.
 */
import type { Graph, Value } from '../onnx/graph.ts';
import { add, concat, gelu, multiply, reshape, rmsNorm, rotaryEmbedding, sigmoid } from '../onnx/operators.ts';
import { attend, attentionMask, rotaryTables, splitKeyHeads, wholeMask, type AttentionMask } from './attention.ts';
import type { DecoderConfiguration, ProjectionGroup } from './configuration.ts';

export interface DecoderBackend {
  /** Rows of the embedding table, unscaled: (B,T) -> (B,T,C). */
  embed(tokens: Value): Value;
  /** A vector of gains by its Hugging Face name; the +1 of Gemma's norms is included. */
  gain(name: string): Value;
  /** The linear layers of one group on their common input: (B,T,K) -> one (B,T,N) for each member. */
  project(x: Value, layer: number, group: ProjectionGroup): Value[];
  /** Scores of all words: (...,C) -> (...,V). */
  head(hidden: Value): Value;
}

/** Cached keys and values of one layer, (B,G,P,D) each. */
export interface LayerHistory {
  readonly key: Value;
  readonly value: Value;
}

export interface DecoderInput {
  /** (B,T) int64 */
  readonly positions: Value;
  /** (B,T) int64: several texts in a row that share their beginning, attention.ts; not with `whole`. Default: one text. */
  readonly segments?: Value;
  /** (B,P) int64, -1 for empty slots; with `history`, or both absent. */
  readonly pastPositions?: Value;
  readonly history?: readonly LayerHistory[];
  /** Instead of a history apart: keys and values that are attended to as a whole, old and new, and `present` then tells all of them. */
  readonly whole?: WholeHistory;
  /** Picks the tokens whose final state is read, (B,T,N) to any leading shape: after its attention the last layer is spared the others. */
  readonly read?: (x: Value) => Value;
  /** What a layer is given becomes what this makes of it. Default: the same. */
  readonly enter?: (state: Value) => Value;
  /** Whether only `present` is wanted: then the last layer ends with its keys and values, and `hidden` is what it was given. Default: no. */
  readonly onlyPresent?: boolean;
}

export interface WholeHistory {
  /** (B,P+T) int64, -1 for slots that hold nothing; new tokens last. */
  readonly positions: Value;
  /** New keys and values (B,G,T,D) joined to the old ones: (B,G,P+T,D). */
  join(layer: number, fresh: LayerHistory): LayerHistory;
}

export interface DecoderOutput {
  /** (B,T,C), before the final norm; where the input has `read`, what that picks. */
  readonly hidden: Value;
  /** Keys (rotated) and values of the new tokens, for each layer run: (B,G,T,D). */
  readonly present: readonly LayerHistory[];
}

/** The norm whose output a group reads. Without sandwich norms the one before the MLP goes by the name that sandwiched models give to the one after attention. */
export const normBefore = ({ sandwichNorms }: DecoderConfiguration, group: 'qkv' | 'gate_up'): string =>
  group === 'qkv' ? 'input_layernorm' : sandwichNorms ? 'pre_feedforward_layernorm' : 'post_attention_layernorm';

/** Scaled embeddings, (B,T,C). */
export function embedTokens(configuration: DecoderConfiguration, backend: DecoderBackend, tokens: Value): Value {
  return multiply(backend.embed(tokens), configuration.embeddingScale);
}

/** Final norm and word scores of hidden states of any leading shape. */
export function wordScores(configuration: DecoderConfiguration, backend: DecoderBackend, hidden: Value): Value {
  return backend.head(rmsNorm(hidden, backend.gain('norm.weight'), configuration.normEpsilon));
}

/**
 * Layers `from` (included) to `to` (excluded) on hidden states (B,T,C). `history`, where given, is indexed from layer 0.
 */
export function decoderLayers(configuration: DecoderConfiguration, backend: DecoderBackend, hidden: Value, input: DecoderInput, from = 0, to = configuration.layers): DecoderOutput {
  const shared = sharedTables(hidden.graph, configuration, input);
  const present: LayerHistory[] = [];
  let state = hidden;
  for (let layer = from; layer < to; layer++) {
    if (input.enter) state = input.enter(state);
    const { mask, cosine, sine } = shared(layer);
    const norm = (x: Value, name: string): Value => rmsNorm(x, backend.gain(`layers.${layer}.${name}.weight`), configuration.normEpsilon);
    const afterAttention = configuration.sandwichNorms ? 'post_attention_layernorm' : null;

    const { attended, key, value } = attention(norm(state, normBefore(configuration, 'qkv')), layer, mask, cosine, sine);
    present.push({ key, value });
    if (input.onlyPresent && layer === to - 1) break;
    const read = (layer === configuration.layers - 1 && input.read) || ((x: Value) => x);
    const [mixed] = backend.project(read(attended()), layer, 'o');
    state = read(state);
    state = add(state, afterAttention ? norm(mixed, afterAttention) : mixed);
    const fed = feedForward(norm(state, normBefore(configuration, 'gate_up')), layer);
    state = add(state, configuration.sandwichNorms ? norm(fed, 'post_feedforward_layernorm') : fed);
  }
  return { hidden: state, present };

  function attention(x: Value, layer: number, mask: AttentionMask, cosine: Value, sine: Value): LayerHistory & { attended: () => Value } {
    const { heads, keyValueHeads, queryKeyNorm } = configuration;
    const [queries, keys, values] = backend.project(x, layer, 'qkv');
    const place = (projected: Value, count: number, name: string): Value => {
      const normed = queryKeyNorm ? normHeads(projected, count, `layers.${layer}.self_attn.${name}.weight`) : projected;
      return rotaryEmbedding(normed, input.positions, cosine, sine);
    };
    const fresh = { key: splitKeyHeads(configuration, place(keys, keyValueHeads, 'k_norm')), value: splitKeyHeads(configuration, values) }; // (B,G,T,D)
    const { key, value } = input.whole ? input.whole.join(layer, fresh) : fresh;
    const attended = (): Value => attend(configuration, place(queries, heads, 'q_norm'), key, value, input.history?.[layer] ?? null, mask); // (B,T,H*D)
    return { attended, key, value };
  }

  /** Each head's D numbers on their own. */
  function normHeads(x: Value, heads: number, gain: string): Value {
    const norm = (each: Value): Value => rmsNorm(each, backend.gain(gain), configuration.normEpsilon);
    if (heads === 1) return norm(x);
    return reshape(norm(reshape(x, [x.shape[0], x.shape[1], heads, configuration.headWidth])), x.shape);
  }

  function feedForward(x: Value, layer: number): Value {
    const [gate, up] = backend.project(x, layer, 'gate_up');
    const active = configuration.activation === 'gelu-tanh' ? gelu(gate, 'tanh') : multiply(gate, sigmoid(gate));
    return backend.project(multiply(active, up), layer, 'down')[0];
  }
}

/** Masks and rotary tables, made once for each distinct window and base. */
function sharedTables(graph: Graph, configuration: DecoderConfiguration, input: DecoderInput) {
  const masks = new Map<number | null, AttentionMask>();
  const tables = new Map<number, { cosine: Value; sine: Value }>();
  return (layer: number): { mask: AttentionMask; cosine: Value; sine: Value } => {
    const { window, rotaryBase } = configuration.attention[layer];
    if (!masks.has(window)) masks.set(window, input.whole ? wholeMask(configuration, input.positions, input.whole.positions, window) : attentionMask(configuration, input.positions, input.pastPositions ?? null, window, input.segments ?? null));
    if (!tables.has(rotaryBase)) tables.set(rotaryBase, rotaryTables(graph, configuration, rotaryBase));
    return { mask: masks.get(window)!, ...tables.get(rotaryBase)! };
  };
}

/** All layers' new keys (or values) as one output, (L*B,G,T,D), layer after layer: few large outputs copy faster than many small ones. */
export const stackLayers = (values: readonly Value[]): Value => concat(values, 0);
