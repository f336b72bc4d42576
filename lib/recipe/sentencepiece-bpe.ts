/** A SentencePiece BPE vocabulary as GGUF files carry it, and the merges it implies. */
export interface SentencePieceVocabulary {
  readonly pieces: readonly string[];
  /** The higher, the earlier a pair is merged into the piece. */
  readonly scores: readonly number[];
  /** 1 normal, 2 unknown, 3 control, 4 user-defined, 6 byte. */
  readonly types: readonly number[];
}

export const PIECE_TYPE = { normal: 1, control: 3, userDefined: 4, byte: 6 } as const;

/** Ids of the pieces that merging can produce, by their text. */
export function idsByPiece(vocabulary: SentencePieceVocabulary): Map<string, number> {
  const ids = new Map<string, number>();
  vocabulary.pieces.forEach((piece, id) => {
    if (vocabulary.types[id] === PIECE_TYPE.normal) ids.set(piece, id);
  });
  return ids;
}

/**
 * The ids of every piece made on the way from single characters to `piece`, itself included; empty when
 * merging never arrives at it. What lies left and right of the piece in a text cannot change this path: a merge across
 * its border would have kept the piece from appearing.
 */
export function piecesOnTheWay(piece: string, ids: ReadonlyMap<string, number>, scores: readonly number[]): readonly number[] {
  const symbols = [...piece];
  const seen = new Set<number>();
  for (const symbol of symbols) {
    const id = ids.get(symbol);
    if (id === undefined) return [];
    seen.add(id);
  }
  while (symbols.length > 1) {
    let bestAt = -1;
    let bestScore = -Infinity;
    for (let at = 0; at + 1 < symbols.length; at++) {
      const id = ids.get(symbols[at] + symbols[at + 1]);
      if (id !== undefined && scores[id] > bestScore) {
        bestAt = at;
        bestScore = scores[id];
      }
    }
    if (bestAt < 0) return [];
    symbols.splice(bestAt, 2, symbols[bestAt] + symbols[bestAt + 1]);
    seen.add(ids.get(symbols[bestAt])!);
  }
  return [...seen];
}

/**
 * Every pair of kept pieces whose joined text is a kept piece, in the order BPE must try them: by falling score of the
 * result, then by how the pair splits it.
 */
export function mergesOf(ids: ReadonlyMap<string, number>, scores: readonly number[]): [string, string][] {
  const results = [...ids].sort((first, second) => scores[second[1]] - scores[first[1]]);
  const merges: [string, string][] = [];
  for (const [piece] of results) {
    const characters = [...piece];
    for (let split = 1; split < characters.length; split++) {
      const left = characters.slice(0, split).join('');
      const right = characters.slice(split).join('');
      if (ids.has(left) && ids.has(right)) merges.push([left, right]);
    }
  }
  return merges;
}
