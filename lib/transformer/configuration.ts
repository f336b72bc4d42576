/**
 * What distinguishes one decoder from another, as data. A new family (Llama, Qwen, ...) is a new reader of its
 * config.json that fills this in; the decoder, the engine and the trainer stay as they are.
 */
export interface DecoderConfiguration {
  readonly family: string;
  readonly layers: number;
  /** C */
  readonly width: number;
  /** H */
  readonly heads: number;
  /** G: key/value heads, each shared by H/G query heads (grouped-query attention, Ainslie et al. 2023). */
  readonly keyValueHeads: number;
  /** D */
  readonly headWidth: number;
  readonly mlpWidth: number;
  /** V */
  readonly vocabulary: number;
  /** Longest history the position tables are made for, in tokens. */
  readonly contextLength: number;
  readonly normEpsilon: number;
  /** Multiplies the embeddings; sqrt(C) in Gemma. */
  readonly embeddingScale: number;
  /** Multiplies query-key products; usually 1/sqrt(D). */
  readonly attentionScale: number;
  readonly activation: 'gelu-tanh' | 'silu';
  /** Whether each head's queries and keys are normalised before rotation. */
  readonly queryKeyNorm: boolean;
  /** Norms after attention and MLP too, besides those before them. */
  readonly sandwichNorms: boolean;
  /** Per layer: how far back it looks (`null`: everything) and the base of its rotary angles. */
  readonly attention: readonly { readonly window: number | null; readonly rotaryBase: number }[];
  readonly beginToken: number;
  readonly endTokens: readonly number[];
}

/** The parts of a Hugging Face config.json that Gemma 3 text models carry. */
export interface Gemma3Config {
  readonly model_type: string;
  readonly num_hidden_layers: number;
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads: number;
  readonly head_dim: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  readonly rms_norm_eps: number;
  readonly query_pre_attn_scalar?: number;
  readonly sliding_window: number;
  readonly sliding_window_pattern?: number;
  readonly layer_types?: readonly string[];
  readonly rope_theta?: number;
  readonly rope_local_base_freq?: number;
  readonly bos_token_id: number;
  readonly eos_token_id: number | readonly number[];
}

/** Gemma 3 (Gemma Team 2025, arXiv 2503.19786): five windowed layers to one global, each with its own rotary base. */
export function gemma3Configuration(config: Gemma3Config, contextLength = 2048): DecoderConfiguration {
  const pattern = config.sliding_window_pattern ?? 6;
  const isGlobal = (layer: number): boolean =>
    config.layer_types ? config.layer_types[layer] === 'full_attention' : (layer + 1) % pattern === 0;
  return {
    family: config.model_type,
    layers: config.num_hidden_layers,
    width: config.hidden_size,
    heads: config.num_attention_heads,
    keyValueHeads: config.num_key_value_heads,
    headWidth: config.head_dim,
    mlpWidth: config.intermediate_size,
    vocabulary: config.vocab_size,
    contextLength,
    normEpsilon: config.rms_norm_eps,
    embeddingScale: Math.sqrt(config.hidden_size),
    attentionScale: (config.query_pre_attn_scalar ?? config.head_dim) ** -0.5,
    activation: 'gelu-tanh',
    queryKeyNorm: true,
    sandwichNorms: true,
    attention: Array.from({ length: config.num_hidden_layers }, (_, layer) =>
      isGlobal(layer)
        ? { window: null, rotaryBase: config.rope_theta ?? 1_000_000 }
        : { window: config.sliding_window, rotaryBase: config.rope_local_base_freq ?? 10_000 },
    ),
    beginToken: config.bos_token_id,
    endTokens: typeof config.eos_token_id === 'number' ? [config.eos_token_id] : config.eos_token_id,
  };
}

/** The linear layers, in groups that read the same input. Names are those of Hugging Face and PEFT. */
export const PROJECTION_GROUPS = {
  qkv: ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
  o: ['self_attn.o_proj'],
  gate_up: ['mlp.gate_proj', 'mlp.up_proj'],
  down: ['mlp.down_proj'],
} as const;
export type ProjectionGroup = keyof typeof PROJECTION_GROUPS;
export type ProjectionName = (typeof PROJECTION_GROUPS)[ProjectionGroup][number];
export const PROJECTION_GROUP_NAMES = Object.keys(PROJECTION_GROUPS) as ProjectionGroup[];

/** Input and output sizes (K, N) of one linear layer. */
export function projectionSize(configuration: DecoderConfiguration, name: ProjectionName): { input: number; output: number } {
  const { width, heads, keyValueHeads, headWidth, mlpWidth } = configuration;
  switch (name) {
    case 'self_attn.q_proj': return { input: width, output: heads * headWidth };
    case 'self_attn.k_proj':
    case 'self_attn.v_proj': return { input: width, output: keyValueHeads * headWidth };
    case 'self_attn.o_proj': return { input: heads * headWidth, output: width };
    case 'mlp.gate_proj':
    case 'mlp.up_proj': return { input: width, output: mlpWidth };
    case 'mlp.down_proj': return { input: mlpWidth, output: width };
  }
}
