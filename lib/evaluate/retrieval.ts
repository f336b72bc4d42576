/** Retrieval is scored by documents: several passages of one document count once, at its best rank. */

const distinct = (ranked: readonly string[], k = Infinity): string[] => [...new Set(ranked)].slice(0, k);

/** Recall@k: of the relevant documents, the share among the first `k`. */
export function recallAt(k: number, ranked: readonly string[], relevant: readonly string[]): number {
  const wanted = new Set(relevant);
  return distinct(ranked, k).filter((id) => wanted.has(id)).length / wanted.size;
}

/** 1 / rank of the first relevant document; 0 when there is none. */
export function reciprocalRank(ranked: readonly string[], relevant: readonly string[]): number {
  const at = distinct(ranked).findIndex((id) => relevant.includes(id));
  return at < 0 ? 0 : 1 / (at + 1);
}

/** nDCG@k with relevance 0 or 1 (Järvelin and Kekäläinen 2002): what the order gains, over what the best order would. */
export function ndcgAt(k: number, ranked: readonly string[], relevant: readonly string[]): number {
  const wanted = new Set(relevant);
  const gain = (rank: number): number => 1 / Math.log2(rank + 1);
  const gained = distinct(ranked, k).reduce((sum, id, at) => sum + (wanted.has(id) ? gain(at + 1) : 0), 0);
  const best = Array.from({ length: Math.min(k, wanted.size) }, (_, at) => gain(at + 1)).reduce((sum, each) => sum + each, 0);
  return gained / best;
}
