import { idsByPiece, PIECE_TYPE, piecesOnTheWay, type SentencePieceVocabulary } from './sentencepiece-bpe.ts';

/** A token stays when a corpus has it at least so often. Once is chance; twice keeps about 35,000 of 262,144. */
const SMALLEST_COUNT = 2;

/** Of the control tokens only those that mean something to a text model; thousands more are unused. */
const KEPT_CONTROL_TOKENS = new Set(['<pad>', '<eos>', '<bos>', '<unk>', '<mask>', '<start_of_turn>', '<end_of_turn>']);

/** Markers of other media than text. */
const DROPPED_USER_DEFINED_TOKENS = new Set(['[multimodal]', '<start_of_image>', '<end_of_image>']);

const SINGLE_CHARACTER_OF_LATIN_TEXT = /^[\p{Script=Latin}\p{Script=Inherited}\p{Nd}\p{P}\p{Sc}\p{Sm}\p{Sk}\p{Cf}\p{Z}▁]$/u;

/**
 * Chooses the tokens of an Indonesian and English model: special ones, the bytes (so that any text still has tokens),
 * runs of white space, single characters of Latin text, the commonest tokens, and everything their merges pass through.
 *
 * @param tokenCounts How often each original id occurs, one table per corpus.
 * @returns The kept original ids in rising order: the new id of a token is its place in this list.
 */
export function chooseKeptTokens(vocabulary: SentencePieceVocabulary, tokenCounts: readonly ReadonlyMap<number, number>[]): number[] {
  const { pieces, scores, types } = vocabulary;
  const ids = idsByPiece(vocabulary);
  const kept = new Set<number>();
  pieces.forEach((piece, id) => {
    if (types[id] === PIECE_TYPE.byte) kept.add(id);
    if (types[id] === PIECE_TYPE.control && KEPT_CONTROL_TOKENS.has(piece)) kept.add(id);
    if (types[id] === PIECE_TYPE.userDefined && !DROPPED_USER_DEFINED_TOKENS.has(piece)) kept.add(id);
    if (types[id] === PIECE_TYPE.normal && SINGLE_CHARACTER_OF_LATIN_TEXT.test(piece)) kept.add(id);
  });
  for (const counts of tokenCounts) {
    for (const [id, count] of counts) {
      if (count < SMALLEST_COUNT || types[id] !== PIECE_TYPE.normal) continue;
      for (const part of piecesOnTheWay(pieces[id], ids, scores)) kept.add(part);
    }
  }
  return [...kept].sort((first, second) => first - second);
}

/** Reads a table `token_id<TAB>count` with a heading. */
export function parseTokenCounts(table: string): Map<number, number> {
  const lines = table.split(/\r?\n/).slice(1).filter((line) => line !== '');
  return new Map(lines.map((line) => line.split('\t').map(Number) as [number, number]));
}
