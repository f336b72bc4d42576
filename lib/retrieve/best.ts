/** The best few of many scores, without sorting all of them. */

export interface Scored {
  /** Position of what was scored. */
  readonly slot: number;
  readonly score: number;
}

/**
 * Keeps the `limit` highest scores offered; of equal ones the lower slot, so that the same input gives the same output.
 * One offer costs a comparison, and the depth of a heap only when it is among the best so far.
 */
export class Best {
  private readonly heap: Scored[] = [];

  constructor(private readonly limit: number) {}

  offer(slot: number, score: number): void {
    const { heap, limit } = this;
    if (heap.length < limit) {
      heap.push({ slot, score });
      this.rise(heap.length - 1);
    } else if (limit > 0 && (score > heap[0].score || (score === heap[0].score && slot < heap[0].slot))) {
      heap[0] = { slot, score };
      this.sink();
    }
  }

  /** Best first. */
  sorted(): Scored[] {
    return [...this.heap].sort((a, b) => (worse(a, b) ? 1 : -1));
  }

  private rise(at: number): void {
    const { heap } = this;
    for (let parent = (at - 1) >> 1; at > 0 && worse(heap[at], heap[parent]); at = parent, parent = (at - 1) >> 1) [heap[at], heap[parent]] = [heap[parent], heap[at]];
  }

  private sink(): void {
    const { heap } = this;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && worse(heap[child], heap[least])) least = child;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least], heap[at]];
      at = least;
    }
  }
}

const worse = (one: Scored, other: Scored): boolean => one.score < other.score || (one.score === other.score && one.slot > other.slot);
