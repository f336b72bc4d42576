/** A small decoder with random weights, in the stored format, for tests that need the arithmetic and not the language. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gemma3Configuration, PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type Gemma3Config } from '../configuration.ts';
import type { TensorEntry } from '../../weights/directory.ts';
import { groupWeightName, type TensorDirectory } from '../weights.ts';

const BLOCK = 32;

/** Two key/value heads, a window shorter than the test's texts, one global layer in three. */
const TINY_CONFIG: Gemma3Config = {
  model_type: 'gemma3_text', num_hidden_layers: 3, hidden_size: 64, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 32,
  intermediate_size: 96, vocab_size: 100, rms_norm_eps: 1e-6, query_pre_attn_scalar: 32, sliding_window: 6, sliding_window_pattern: 3,
  rope_theta: 1_000_000, rope_local_base_freq: 10_000, bos_token_id: 2, eos_token_id: 1,
};
export const TINY_CONFIGURATION: DecoderConfiguration = gemma3Configuration(TINY_CONFIG, 256);

/** Deterministic numbers in [-1, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

export async function tinyDecoder(configuration = TINY_CONFIGURATION): Promise<{ folder: string; directory: TensorDirectory }> {
  const random = randomNumbers(7);
  const tensors = new Map<string, TensorEntry>();
  const parts: Uint8Array[] = [];
  let offset = 0;
  const put = (name: string, shape: number[], data: Uint8Array | Float32Array): void => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const padding = (64 - (bytes.length % 64)) % 64;
    tensors.set(name, { dtype: data instanceof Uint8Array ? 'uint8' : 'float32', shape, file: 'weights.bin', offset, length: bytes.length });
    parts.push(bytes, new Uint8Array(padding));
    offset += bytes.length + padding;
  };
  const matrix = (name: string, rows: number, columns: number): void => {
    put(`${name}.quantized`, [rows, columns / BLOCK, BLOCK], Uint8Array.from({ length: rows * columns }, () => 128 + Math.round(random() * 127)));
    put(`${name}.scales`, [rows, columns / BLOCK], Float32Array.from({ length: (rows * columns) / BLOCK }, () => (1 + 0.5 * random()) / (127 * Math.sqrt(columns / 3))));
  };
  const gain = (name: string, size: number): void => put(name, [size], Float32Array.from({ length: size }, () => 1 + 0.3 * random()));

  matrix('embed_tokens.weight', configuration.vocabulary, configuration.width);
  gain('norm.weight', configuration.width);
  for (let layer = 0; layer < configuration.layers; layer++) {
    for (const name of ['input_layernorm', 'post_attention_layernorm', 'pre_feedforward_layernorm', 'post_feedforward_layernorm']) gain(`layers.${layer}.${name}.weight`, configuration.width);
    for (const name of ['q_norm', 'k_norm']) gain(`layers.${layer}.self_attn.${name}.weight`, configuration.headWidth);
    for (const group of PROJECTION_GROUP_NAMES) {
      const members = PROJECTION_GROUPS[group].map((name) => projectionSize(configuration, name));
      matrix(groupWeightName(layer, group), members.reduce((total, size) => total + size.output, 0), members[0].input);
    }
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'tiny-decoder-'));
  await writeFile(path.join(folder, 'weights.bin'), Buffer.concat(parts));
  await writeFile(path.join(folder, 'weights.json'), JSON.stringify({ format: 1, quantization: { bits: 8, blockSize: BLOCK, zeroPoint: 128 }, normGainsIncludeOne: true, tensors: Object.fromEntries(tensors) }));
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(TINY_CONFIG));
  return {
    folder,
    directory: {
      has: (name) => tensors.has(name),
      tensor(name) {
        const stored = tensors.get(name);
        if (!stored) throw new Error(`No tensor ${name}.`);
        return stored;
      },
    },
  };
}
