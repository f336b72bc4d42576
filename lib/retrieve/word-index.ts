import { Best } from './best.ts';
import { terms } from './words.ts';

/** BM25+ (Lv, Zhai 2011) with the constants minisearch uses: saturation of counts, weight of length, floor of a match. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.7;
const FLOOR = 0.5;
/** How much a word counts that was added to the question: less than one the person chose. */
const ADDED = 0.7;

/** Chunks that hold a term, as slots, and how often each does. */
interface Postings {
  readonly slots: number[];
  readonly counts: number[];
  /** How many of the slots are still in use. */
  chunks: number;
}

export interface WordHit {
  readonly id: string;
  readonly score: number;
}

export interface SearchAllOptions {
  /** What the score of a chunk is multiplied by. Default: 1. */
  readonly weightOf?: (id: string) => number;
  /** The question with words added to it, which count less than its own. Default: the question. */
  readonly expanded?: string;
}

/**
 * BM25 over the chunks of an index. Lives in memory, filled when the index is opened. A question's terms are summed over an
 * array of scores, one per chunk: over 10,000 chunks of law, whose titles share most words, a search library that builds a
 * result per matching chunk took 77 to 195 ms, this 1 to 3; see docs/experiments/retrieval.md.
 */
export class WordIndex {
  private readonly postings = new Map<string, Postings>();
  private readonly slotOf = new Map<string, number>();
  /** By slot; `null` where a chunk was removed. */
  private readonly ids: (string | null)[] = [];
  private readonly termsOf: (ReadonlyMap<string, number> | null)[] = [];
  private readonly lengths: number[] = [];
  private length = 0;
  private scores = new Float64Array(0);

  add(chunks: readonly { readonly id: string; readonly text: string }[]): void {
    for (const { id, text } of chunks) {
      const found = terms(text);
      const counts = new Map<string, number>();
      for (const term of found) counts.set(term, (counts.get(term) ?? 0) + 1);
      this.remove([id]);
      const slot = this.ids.push(id) - 1;
      this.slotOf.set(id, slot);
      this.termsOf.push(counts);
      this.lengths.push(found.length);
      this.length += found.length;
      for (const [term, count] of counts) {
        let postings = this.postings.get(term);
        if (!postings) this.postings.set(term, (postings = { slots: [], counts: [], chunks: 0 }));
        postings.slots.push(slot);
        postings.counts.push(count);
        postings.chunks += 1;
      }
    }
  }

  /** Forgets chunks; ids that are not there are ignored. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const slot = this.slotOf.get(id);
      if (slot === undefined) continue;
      for (const term of this.termsOf[slot]!.keys()) {
        const postings = this.postings.get(term)!;
        postings.chunks -= 1;
        if (postings.chunks === 0) this.postings.delete(term);
      }
      this.slotOf.delete(id);
      this.length -= this.lengths[slot];
      this.ids[slot] = this.termsOf[slot] = null;
    }
  }

  /** Best first. Chunks that share no term with the question, and those `allow` refuses, are not returned. */
  search(question: string, limit: number, allow: (id: string) => boolean = () => true): WordHit[] {
    return this.searchAll(question, limit, (id) => (allow(id) ? 0 : null))[0] ?? [];
  }

  /** Chunks that are there. */
  get size(): number {
    return this.slotOf.size;
  }

  /** One list per group, in one pass: `groupOf` says to which group a chunk belongs, `null` to none. */
  searchAll(question: string, limit: number, groupOf: (id: string) => number | null, { weightOf = () => 1, expanded = question }: SearchAllOptions = {}): WordHit[][] {
    const { ids, lengths } = this;
    if (this.scores.length < ids.length) this.scores = new Float64Array(Math.ceil(ids.length * 1.25));
    const { scores } = this;
    const touched: number[] = [];
    const average = this.length / Math.max(1, this.slotOf.size);
    const asked = new Set(terms(question));
    for (const term of new Set([...asked, ...terms(expanded)])) {
      const postings = this.postings.get(term);
      if (!postings) continue;
      const rarity = this.rarity(postings.chunks) * (asked.has(term) ? 1 : ADDED);
      postings.slots.forEach((slot, index) => {
        if (ids[slot] === null) return;
        const count = postings.counts[index];
        if (scores[slot] === 0) touched.push(slot);
        scores[slot] += rarity * (FLOOR + (count * (SATURATION + 1)) / (count + SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * lengths[slot]) / average)));
      });
    }
    const groups: Best[] = [];
    for (const slot of touched) {
      const group = groupOf(ids[slot]!);
      if (group !== null) (groups[group] ??= new Best(limit)).offer(slot, scores[slot] * weightOf(ids[slot]!));
      scores[slot] = 0;
    }
    return Array.from(groups, (best) => (best?.sorted() ?? []).map(({ slot, score }) => ({ id: ids[slot]!, score })));
  }

  /**
   * How much of a question these chunks know by its words, 0 to 1: the share of its terms that stand in any chunk, each
   * weighed by its rarity (the idf of BM25). Low for a question in another language than the documents.
   */
  coverage(question: string): number {
    let [known, all] = [0, 0];
    for (const term of new Set(terms(question))) {
      const chunks = this.postings.get(term)?.chunks ?? 0;
      const rarity = this.rarity(chunks);
      all += rarity;
      if (chunks > 0) known += rarity;
    }
    return all > 0 ? known / all : 0;
  }

  private rarity(chunks: number): number {
    return Math.log(1 + (this.slotOf.size - chunks + 0.5) / (chunks + 0.5));
  }
}
