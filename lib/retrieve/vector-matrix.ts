/** The vectors of an index side by side in memory, to score all of them against a question. Vectra stores them; see snapshot.ts. */
import type { Language } from '../answer/events.ts';
import { Best } from './best.ts';

/** How much of the lead is taken off that chunks of the question's language have over the others: half, since they may well be meant. */
const LEAD_TAKEN = 0.5;
/** Means over few chunks are drawn to the mean of all, as if so many more stood there. */
const STEADYING = 5;

export interface VectorHit {
  readonly id: string;
  /** Cosine similarity. */
  readonly score: number;
}

/**
 * Rows of length 1 in one Float32Array. Vectra's own search computes a norm per item and sorts all of them; here a question
 * costs one pass of multiplications.
 */
export class VectorMatrix {
  private readonly ids: readonly string[];
  private readonly rows: Float32Array;
  private readonly width: number;

  constructor(items: readonly { readonly id: string; readonly vector: ArrayLike<number> }[]) {
    this.ids = items.map(({ id }) => id);
    const dimensions = items[0]?.vector.length ?? 0;
    // Rows are scored four numbers at a time.
    this.width = Math.ceil(dimensions / 4) * 4;
    this.rows = new Float32Array(items.length * this.width);
    items.forEach(({ vector }, row) => {
      let square = 0;
      for (let at = 0; at < dimensions; at++) square += vector[at] * vector[at];
      const scale = 1 / Math.sqrt(square || 1);
      for (let at = 0; at < dimensions; at++) this.rows[row * this.width + at] = vector[at] * scale;
    });
  }

  /**
   * The nearest rows of each group, best first: `groupOf` says to which group a chunk belongs, `null` to none. The embedder puts texts of one
   * language closer together whatever they say: where `languageOf` tells chunks apart, half of that lead is taken off their order, not off their
   * score (docs/experiments/retrieval.md).
   */
  searchAll(question: ArrayLike<number>, limit: number, groupOf: (id: string) => number | null, languageOf?: (id: string) => Language): VectorHit[][] {
    const { rows, width, ids } = this;
    const query = new Float32Array(width);
    query.set(Array.from(question).slice(0, width));
    const cosines = new Float64Array(ids.length);
    for (let row = 0, from = 0; row < ids.length; row++, from += width) {
      // Four sums, since each addition waits for the one before it.
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let at = 0; at < width; at += 4) {
        a += query[at] * rows[from + at];
        b += query[at + 1] * rows[from + at + 1];
        c += query[at + 2] * rows[from + at + 2];
        d += query[at + 3] * rows[from + at + 3];
      }
      cosines[row] = a + b + c + d;
    }
    const languages = languageOf && ids.map(languageOf);
    const leads = languages && leadsOf(cosines, languages);
    const groups: Best[] = [];
    for (let row = 0; row < ids.length; row++) {
      const group = groupOf(ids[row]);
      if (group !== null) (groups[group] ??= new Best(limit)).offer(row, cosines[row] - (leads ? leads.get(languages![row])! : 0));
    }
    return Array.from(groups, (best) => (best?.sorted() ?? []).map(({ slot }) => ({ id: ids[slot], score: cosines[slot] })));
  }
}

/** What to take off the cosines of each language: none where there is only one. */
function leadsOf(cosines: Float64Array, languages: readonly Language[]): ReadonlyMap<Language, number> {
  const sums = new Map<Language, { sum: number; count: number }>();
  let all = 0;
  for (const [row, cosine] of cosines.entries()) {
    const { sum, count } = sums.get(languages[row]) ?? { sum: 0, count: 0 };
    sums.set(languages[row], { sum: sum + cosine, count: count + 1 });
    all += cosine;
  }
  const mean = all / Math.max(1, cosines.length);
  return new Map([...sums].map(([language, { sum, count }]) => [language, sums.size < 2 ? 0 : LEAD_TAKEN * ((sum + STEADYING * mean) / (count + STEADYING) - mean)]));
}
