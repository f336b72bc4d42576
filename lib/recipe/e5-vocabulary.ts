import type { E5Tokenizer } from './e5-file.ts';

const SPECIAL_PIECES = ['<s>', '<pad>', '</s>', '<unk>', '<mask>'];

/** With these any word in Latin letters can be spelled in pieces the model knows. */
const SHORT_LATIN_PIECE = /^▁?[A-Za-z]{1,3}$/;
/** What the model expects before a text: `query: ` and `passage: `. */
const PREFIX_PIECES = ['▁que', 'ry', '▁passage', ':'];
const SINGLE_CHARACTER_OF_LATIN_TEXT = /^[\p{Script=Latin}\p{Nd}\p{P}\p{Sc}\p{Sm}▁]$/u;

/**
 * Chooses the pieces of an Indonesian and English embedder: special ones, short Latin ones, and every piece a corpus has.
 *
 * @returns The kept original ids in rising order: the new id of a piece is its place in this list.
 */
export function chooseKeptPieces({ pieces }: E5Tokenizer, tokenCounts: readonly ReadonlyMap<number, number>[]): number[] {
  const kept = new Set<number>(tokenCounts.flatMap((counts) => [...counts.keys()]));
  pieces.forEach((piece, id) => {
    const isSpelling = SHORT_LATIN_PIECE.test(piece) || SINGLE_CHARACTER_OF_LATIN_TEXT.test(piece);
    if (isSpelling || SPECIAL_PIECES.includes(piece) || PREFIX_PIECES.includes(piece)) kept.add(id);
  });
  return [...kept].filter((id) => id < pieces.length).sort((first, second) => first - second);
}

/**
 * The tokenizer in Hugging Face's tokenizer.json form: XLM-RoBERTa's Unigram, `<s>` before and `</s>` after.
 * SentencePiece's own normalisation is written as the rules it is made of: NFKC, control characters dropped, spaces unified.
 */
export function e5TokenizerJson({ pieces, scores }: E5Tokenizer, keptIds: readonly number[]): object {
  const keptPieces = keptIds.map((id) => pieces[id]);
  const idOf = (piece: string): number => keptPieces.indexOf(piece);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_PIECES.map((content) => ({
      id: idOf(content), content, single_word: false, lstrip: content === '<mask>', rstrip: false, normalized: false, special: true,
    })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Replace', pattern: { Regex: '[\\u0001-\\u0008\\u000B\\u000E-\\u001F\\u007F\\u008F\\u009F]' }, content: '' },
        { type: 'Replace', pattern: { Regex: '[\\u0009\\u000A\\u000C\\u000D\\u200B-\\u200F\\u2028\\u2029\\u2581\\uFEFF\\uFFFD]' }, content: ' ' },
        { type: 'NFKC' },
        { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always', split: true }],
    },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
      pair: [
        { SpecialToken: { id: '<s>', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '</s>', type_id: 0 } },
        { SpecialToken: { id: '</s>', type_id: 0 } },
        { Sequence: { id: 'B', type_id: 0 } },
        { SpecialToken: { id: '</s>', type_id: 0 } },
      ],
      special_tokens: {
        '<s>': { id: '<s>', ids: [idOf('<s>')], tokens: ['<s>'] },
        '</s>': { id: '</s>', ids: [idOf('</s>')], tokens: ['</s>'] },
      },
    },
    decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always', split: true },
    model: { type: 'Unigram', unk_id: idOf('<unk>'), vocab: keptIds.map((id) => [pieces[id], scores[id]]), byte_fallback: false },
  };
}

export const E5_TOKENIZER_CONFIG = {
  tokenizer_class: 'XLMRobertaTokenizer',
  bos_token: '<s>',
  eos_token: '</s>',
  cls_token: '<s>',
  sep_token: '</s>',
  pad_token: '<pad>',
  unk_token: '<unk>',
  mask_token: '<mask>',
  clean_up_tokenization_spaces: false,
  model_max_length: 512,
} as const;
