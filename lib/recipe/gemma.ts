import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MissingArtifactError } from '../system/errors.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { chooseKeptTokens, parseTokenCounts } from './cut-vocabulary.ts';
import { GEMMA_TOKENIZER_CONFIG, gemmaTokenizerJson, keepTokens } from './gemma-tokenizer.ts';
import { writeGemmaWeights, type Precision } from './gemma-weights.ts';
import { readGguf, type GgufFile } from './gguf.ts';
import type { SentencePieceVocabulary } from './sentencepiece-bpe.ts';

/**
 * Makes `models/gemma-3-270m` from the GGUF file: cut vocabulary, tokenizer, configuration, 8-bit weights.
 *
 * @param tokenCountFiles Tables to choose the vocabulary anew; without any, the committed `vocabulary.json` decides.
 */
export async function buildGemma(ggufFile: string, folder: string, tokenCountFiles: readonly string[], precision: Precision = '8-bit'): Promise<void> {
  const gguf = readGguf(ggufFile);
  const vocabulary: SentencePieceVocabulary = {
    pieces: gguf.metadata.get('tokenizer.ggml.tokens') as string[],
    scores: gguf.metadata.get('tokenizer.ggml.scores') as number[],
    types: gguf.metadata.get('tokenizer.ggml.token_type') as number[],
  };
  const keptTokenIds =
    tokenCountFiles.length > 0
      ? chooseKeptTokens(vocabulary, tokenCountFiles.map((file) => parseTokenCounts(readFileSync(file, 'utf8'))))
      : readKeptTokenIds(path.join(folder, 'vocabulary.json'));
  const kept = keepTokens(vocabulary, keptTokenIds);

  const writeJson = (name: string, content: unknown): Promise<void> => writeFileAtomically(path.join(folder, name), `${JSON.stringify(content)}\n`);
  await writeJson('vocabulary.json', { keptTokenIds });
  await writeJson('tokenizer.json', gemmaTokenizerJson(kept));
  await writeJson('tokenizer_config.json', GEMMA_TOKENIZER_CONFIG);
  await writeJson('config.json', gemmaConfig(gguf, keptTokenIds.length));
  await writeJson('generation_config.json', { bos_token_id: 2, eos_token_id: [1, kept.pieces.indexOf('<end_of_turn>')], pad_token_id: 0, do_sample: false });
  await writeGemmaWeights(gguf, keptTokenIds, folder, precision);
}

function readKeptTokenIds(file: string): number[] {
  if (!existsSync(file)) throw new MissingArtifactError(`${file} is missing.`, { remedy: 'Give --token-frequency FILE to choose the vocabulary anew.' });
  return (JSON.parse(readFileSync(file, 'utf8')) as { keptTokenIds: number[] }).keptTokenIds;
}

/** Hugging Face's config.json. What a GGUF leaves out (the local rotary base, the pattern of layers) is fixed for Gemma 3. */
function gemmaConfig(gguf: GgufFile, vocabularySize: number): object {
  const number = (key: string): number => gguf.metadata.get(`gemma3.${key}`) as number;
  const layers = number('block_count');
  const headSize = number('attention.key_length');
  return {
    architectures: ['Gemma3ForCausalLM'],
    model_type: 'gemma3_text',
    vocab_size: vocabularySize,
    hidden_size: number('embedding_length'),
    intermediate_size: number('feed_forward_length'),
    num_hidden_layers: layers,
    num_attention_heads: number('attention.head_count'),
    num_key_value_heads: number('attention.head_count_kv'),
    head_dim: headSize,
    query_pre_attn_scalar: headSize,
    max_position_embeddings: number('context_length'),
    sliding_window: number('attention.sliding_window'),
    layer_types: Array.from({ length: layers }, (_, layer) => ((layer + 1) % 6 === 0 ? 'full_attention' : 'sliding_attention')),
    rope_theta: number('rope.freq_base'),
    rope_local_base_freq: 10_000,
    rms_norm_eps: 1e-6,
    hidden_activation: 'gelu_pytorch_tanh',
    attention_bias: false,
    attn_logit_softcapping: null,
    final_logit_softcapping: null,
    tie_word_embeddings: true,
    bos_token_id: 2,
    eos_token_id: 1,
    pad_token_id: 0,
  };
}
