/** Text to tokens and back, for the language model. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';

export interface Tokenizer {
  /**
   * Without special tokens: those are added by whoever builds the input. Their names in the text, such as `<eos>` in a
   * document, stay text.
   */
  encode(text: string): number[];
  /** The text of tokens; special tokens are left out. */
  decode(tokens: readonly number[]): string;
  /** The UTF-8 bytes of one token: a part of a character for a byte token, none for a special token. */
  bytes(token: number): Uint8Array;
}

export const LANGUAGE_MODEL = 'gemma-3-270m';

const cached = new Map<string, Promise<Tokenizer>>();

/**
 * The tokenizer of a model folder of models/, loaded once. Rejects with MissingArtifactError or
 * DamagedArtifactError; the next call then tries again.
 */
export function loadTokenizer(model = LANGUAGE_MODEL): Promise<Tokenizer> {
  const folder = path.join(/* turbopackIgnore: true */ modelsDirectory(), model);
  let tokenizer = cached.get(folder);
  if (!tokenizer) {
    tokenizer = readTokenizer(folder);
    cached.set(folder, tokenizer);
    tokenizer.catch(() => cached.delete(folder));
  }
  return tokenizer;
}

/**
 * By the library that transformers.js itself tokenises with. The whole of transformers.js would cost its thread 160 MiB, for
 * runtimes that nobody uses there.
 */
async function readTokenizer(folder: string): Promise<Tokenizer> {
  const remedy = 'git checkout -- models';
  const [tokenizer, configuration] = await Promise.all(['tokenizer.json', 'tokenizer_config.json'].map(async (name) => {
    // The comments keep Next's build from tracing every file of the project: the path is data.
    const file = path.join(/* turbopackIgnore: true */ folder, name);
    return readFile(/* turbopackIgnore: true */ file, 'utf8').catch((cause: unknown) => {
      throw new MissingArtifactError(`${file} is missing.`, { remedy, cause });
    });
  }));
  const { Tokenizer } = await import('@huggingface/tokenizers');
  try {
    return wrap(new Tokenizer(JSON.parse(tokenizer), JSON.parse(configuration)));
  } catch (cause) {
    throw new DamagedArtifactError(`The tokenizer in ${folder} cannot be read: ${(cause as Error).message}`, { remedy, cause });
  }
}

function wrap(tokenizer: HuggingFaceTokenizer): Tokenizer {
  const pieces: string[] = [];
  for (const [piece, token] of tokenizer.get_vocab()) pieces[token] = piece;
  const special = new Map([...tokenizer.get_added_tokens_decoder()].flatMap(([token, added]) => (added.special ? [[token, added.content]] : [])));
  // Cut behind its first character, the name of a special token is no longer found as one.
  const insideName = new RegExp([...special.values()].map((name) => `(?<=${escape(name[0])})(?=${escape(name.slice(1))})`).join('|'));
  return {
    encode: (text) => text.split(insideName).flatMap((part) => tokenizer.encode(part, { add_special_tokens: false }).ids),
    decode: (tokens) => tokenizer.decode([...tokens], { skip_special_tokens: true }),
    bytes: (token) => (special.has(token) ? new Uint8Array() : pieceBytes(pieces[token] ?? '')),
  };
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** SentencePiece with byte fallback: `<0xE2>` is a byte, `▁` a space. */
function pieceBytes(piece: string): Uint8Array {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(piece);
  return byte ? Uint8Array.of(Number.parseInt(byte[1], 16)) : new TextEncoder().encode(piece.replaceAll('▁', ' '));
}
