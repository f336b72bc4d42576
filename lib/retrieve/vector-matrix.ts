/** The vectors of an index side by side in memory, to score all of them against a question. Vectra stores them; see snapshot.ts. */
import { Best } from './best.ts';

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

  /** The nearest rows of each group, best first: `groupOf` says to which group a chunk belongs, `null` to none. */
  searchAll(question: ArrayLike<number>, limit: number, groupOf: (id: string) => number | null): VectorHit[][] {
    const { rows, width, ids } = this;
    const query = new Float32Array(width);
    query.set(Array.from(question).slice(0, width));
    const groups: Best[] = [];
    for (let row = 0, from = 0; row < ids.length; row++, from += width) {
      // Four sums, since each addition waits for the one before it.
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let at = 0; at < width; at += 4) {
        a += query[at] * rows[from + at];
        b += query[at + 1] * rows[from + at + 1];
        c += query[at + 2] * rows[from + at + 2];
        d += query[at + 3] * rows[from + at + 3];
      }
      const group = groupOf(ids[row]);
      if (group !== null) (groups[group] ??= new Best(limit)).offer(row, a + b + c + d);
    }
    return Array.from(groups, (best) => (best?.sorted() ?? []).map(({ slot, score }) => ({ id: ids[slot], score })));
  }
}
