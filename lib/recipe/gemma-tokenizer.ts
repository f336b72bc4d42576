import { idsByPiece, mergesOf, PIECE_TYPE, type SentencePieceVocabulary } from './sentencepiece-bpe.ts';

/** The kept part of a vocabulary, renumbered: new id = place in `keptTokenIds`. */
export function keepTokens(vocabulary: SentencePieceVocabulary, keptTokenIds: readonly number[]): SentencePieceVocabulary {
  return {
    pieces: keptTokenIds.map((id) => vocabulary.pieces[id]),
    scores: keptTokenIds.map((id) => vocabulary.scores[id]),
    types: keptTokenIds.map((id) => vocabulary.types[id]),
  };
}

/**
 * The tokenizer in Hugging Face's tokenizer.json form. Encoding puts `<bos>` in front unless special tokens are
 * switched off; a space is the piece `▁`; characters without a token become bytes. Decoding gives the text back exactly, with
 * one exception that the original shares: the character ▁ (U+2581) itself comes back as a space.
 */
export function gemmaTokenizerJson(vocabulary: SentencePieceVocabulary): object {
  const { pieces, scores, types } = vocabulary;
  const isWhole = (id: number): boolean => types[id] === PIECE_TYPE.control || types[id] === PIECE_TYPE.userDefined;
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    // User-defined pieces (runs of white space, HTML tags) are found before merging, as SentencePiece does.
    added_tokens: pieces.flatMap((content, id) =>
      isWhole(id)
        ? [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: types[id] === PIECE_TYPE.control }]
        : [],
    ),
    normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    pre_tokenizer: { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<bos>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [
        { SpecialToken: { id: '<bos>', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '<bos>', type_id: 1 } },
        { Sequence: { id: 'B', type_id: 1 } },
      ],
      special_tokens: { '<bos>': { id: '<bos>', ids: [pieces.indexOf('<bos>')], tokens: ['<bos>'] } },
    },
    decoder: {
      type: 'Sequence',
      decoders: [{ type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'ByteFallback' }, { type: 'Fuse' }],
    },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: '<unk>',
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
      merges: mergesOf(idsByPiece(vocabulary), scores).map(([left, right]) => `${left} ${right}`),
    },
  };
}

export const GEMMA_TOKENIZER_CONFIG = {
  tokenizer_class: 'GemmaTokenizer',
  bos_token: '<bos>',
  eos_token: '<eos>',
  pad_token: '<pad>',
  unk_token: '<unk>',
  add_bos_token: true,
  add_eos_token: false,
  clean_up_tokenization_spaces: false,
  model_max_length: 32_768,
} as const;
