/** Retrieval is scored by documents: several passages of one document count once, at its best rank. */

/**
 * Whether one of the relevant documents is among the first `k` documents, 1 or 0. (With one relevant document, as most
 * questions have, this is recall@k; with several, any of them will do.)
 */
export function recallAt(k: number, ranked: readonly string[], relevant: readonly string[]): 0 | 1 {
  return [...new Set(ranked)].slice(0, k).some((id) => relevant.includes(id)) ? 1 : 0;
}

/** 1 / rank of the first relevant document; 0 when there is none. */
export function reciprocalRank(ranked: readonly string[], relevant: readonly string[]): number {
  const at = [...new Set(ranked)].findIndex((id) => relevant.includes(id));
  return at < 0 ? 0 : 1 / (at + 1);
}
