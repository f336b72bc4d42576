/** The vectors of an index side by side in memory, to score all of them against a question. Vectra stores them; see snapshot.ts. */
import type { Language } from '../answer/events.ts';
import { Best } from './best.ts';
import { rowProducts } from './row-products.ts';

/** How much of the lead is taken off that chunks of the question's language have over the others: half, since they may well be meant. */
const LEAD_TAKEN = 0.5;
/** Means over few chunks are drawn to the mean of all, as if so many more stood there. */
const STEADYING = 5;

export interface VectorHit {
  readonly id: string;
  /** Cosine similarity. */
  readonly score: number;
}

/** Rows of length 1 in one Float32Array. Vectra's own search computes a norm per item and sorts all of them; here a question costs one product. */
export class VectorMatrix {
  private readonly ids: readonly string[];
  private readonly rows: Float32Array;
  private readonly width: number;
  /** Rows of each language. */
  private readonly languages: readonly Uint32Array[];

  constructor(items: readonly { readonly id: string; readonly vector: ArrayLike<number>; readonly language?: Language }[]) {
    this.ids = items.map(({ id }) => id);
    const dimensions = items[0]?.vector.length ?? 0;
    this.width = dimensions;
    this.rows = new Float32Array(items.length * this.width);
    // Kept by language here: asking for the language of 10,000 rows takes as long as scoring them.
    const languages = [...new Set(items.map(({ language }) => language))];
    this.languages = languages.map((language) => Uint32Array.from(items.keys()).filter((row) => items[row].language === language));
    items.forEach(({ vector }, row) => {
      let square = 0;
      for (let at = 0; at < dimensions; at++) square += vector[at] * vector[at];
      const scale = 1 / Math.sqrt(square || 1);
      for (let at = 0; at < dimensions; at++) this.rows[row * this.width + at] = vector[at] * scale;
    });
  }

  /**
   * The nearest rows of each group, best first: `groupOf` says to which group a chunk belongs, `null` to none. The embedder puts texts of one
   * language closer together whatever they say: where items are of several languages, half of that lead is taken off their order, not off their
   * score (docs/experiments/retrieval.md).
   */
  async searchAll(question: ArrayLike<number>, limit: number, groupOf: (id: string) => number | null): Promise<VectorHit[][]> {
    const { rows, width, ids } = this;
    const query = new Float32Array(width);
    query.set(Array.from(question).slice(0, width));
    const cosines = await rowProducts(rows, query);
    const several = this.languages.length > 1;
    const mean = several ? meanOf(cosines) : 0;
    const groups: Best[] = [];
    for (const rowsOfLanguage of this.languages) {
      const lead = several ? leadOf(rowsOfLanguage, cosines, mean) : 0;
      for (const row of rowsOfLanguage) {
        const group = groupOf(ids[row]);
        if (group !== null) (groups[group] ??= new Best(limit)).offer(row, cosines[row] - lead);
      }
    }
    return Array.from(groups, (best) => (best?.sorted() ?? []).map(({ slot }) => ({ id: ids[slot], score: cosines[slot] })));
  }
}

const meanOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** What to take off the cosines of a language's rows. */
function leadOf(rows: Uint32Array, cosines: Float32Array, mean: number): number {
  const sum = rows.reduce((total, row) => total + cosines[row], 0);
  return LEAD_TAKEN * ((sum + STEADYING * mean) / (rows.length + STEADYING) - mean);
}
