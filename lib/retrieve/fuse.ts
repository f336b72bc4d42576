/** Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): ranks of several searches become one order. */

/** Softens the lead of the first ranks; 60 is the value of the paper. */
const SOFTENING = 60;

export interface Ranking {
  /** Best first. */
  readonly ids: readonly string[];
  /** How much this search is trusted for this question; 1 for all is the method of the paper. */
  readonly weight: number;
}

export interface Fused {
  readonly id: string;
  readonly score: number;
}

/**
 * Sums weight / (60 + rank) over the rankings an id stands in (rank 1 is best) and sorts by it. Equal sums are ordered
 * by best single rank, then by id, so that the same input always gives the same output.
 */
export function fuseRanks(rankings: readonly Ranking[]): Fused[] {
  const sums = new Map<string, { score: number; best: number }>();
  for (const { ids, weight } of rankings) {
    ids.forEach((id, index) => {
      const before = sums.get(id) ?? { score: 0, best: Infinity };
      sums.set(id, { score: before.score + weight / (SOFTENING + index + 1), best: Math.min(before.best, index) });
    });
  }
  return [...sums]
    .sort(([idA, a], [idB, b]) => b.score - a.score || a.best - b.best || (idA < idB ? -1 : 1))
    .map(([id, { score }]) => ({ id, score }));
}
