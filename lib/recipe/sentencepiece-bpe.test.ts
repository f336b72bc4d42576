import { describe, expect, it } from 'vitest';
import { chooseKeptTokens, parseTokenCounts } from './cut-vocabulary.ts';
import { gemmaTokenizerJson, keepTokens } from './gemma-tokenizer.ts';
import { idsByPiece, mergesOf, PIECE_TYPE, piecesOnTheWay, type SentencePieceVocabulary } from './sentencepiece-bpe.ts';

const { normal, control, userDefined, byte } = PIECE_TYPE;
const ROWS: [string, number, number][] = [
  ['<pad>', 0, control],
  ['<bos>', 0, control],
  ['<unused0>', 0, control],
  ['  ', 0, userDefined],
  ['<0x00>', 0, byte],
  ['ab', -1, normal],
  ['abc', -2, normal],
  ['bc', -3, normal],
  ['cab', -4, normal],
  ['界', -5, normal],
  ['a', -6, normal],
  ['b', -7, normal],
  ['c', -8, normal],
];
const vocabulary: SentencePieceVocabulary = { pieces: ROWS.map(([piece]) => piece), scores: ROWS.map(([, score]) => score), types: ROWS.map(([, , type]) => type) };
const idOf = (piece: string): number => vocabulary.pieces.indexOf(piece);

describe('cutting a vocabulary', () => {
  it('follows a piece back to the pieces it is merged from', () => {
    const ids = idsByPiece(vocabulary);
    // "ab" is merged before "bc", so "abc" never passes through "bc".
    expect([...piecesOnTheWay('abc', ids, vocabulary.scores)].sort((a, b) => a - b)).toEqual(['ab', 'abc', 'a', 'b', 'c'].map(idOf).sort((a, b) => a - b));
    expect(piecesOnTheWay('xyz', ids, vocabulary.scores)).toEqual([]);
  });

  it('keeps what text needs and leaves out what it does not', () => {
    const counts = parseTokenCounts(`token_id\tcount\n${idOf('cab')}\t5\n${idOf('bc')}\t1\n`);
    const kept = chooseKeptTokens(vocabulary, [counts]).map((id) => vocabulary.pieces[id]);
    expect(kept).toEqual(['<pad>', '<bos>', '  ', '<0x00>', 'ab', 'cab', 'a', 'b', 'c']);
  });

  it('orders merges by score and offers every split', () => {
    expect(mergesOf(idsByPiece(vocabulary), vocabulary.scores)).toEqual([['a', 'b'], ['a', 'bc'], ['ab', 'c'], ['b', 'c'], ['c', 'ab']]);
  });

  it('numbers the kept tokens without gaps', () => {
    const kept = keepTokens(vocabulary, [0, 1, 5, 10, 11]);
    const tokenizer = gemmaTokenizerJson(kept) as { model: { vocab: Record<string, number>; merges: string[] } };
    expect(Object.values(tokenizer.model.vocab)).toEqual([0, 1, 2, 3, 4]);
    expect(tokenizer.model.merges).toEqual(['a b']);
  });
});
