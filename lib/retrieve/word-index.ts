import MiniSearch from 'minisearch';
import { terms } from './words.ts';

/** BM25 (as BM25+, in minisearch) over the chunks of an index. Lives in memory, rebuilt when the index is opened. */
export class WordIndex {
  private readonly engine = new MiniSearch<{ id: string; terms: readonly string[] }>({
    fields: ['terms'],
    extractField: (chunk, field) => (field === 'id' ? chunk.id : chunk.terms.join(' ')),
    tokenize: (joined) => joined.split(' '),
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', prefix: false, fuzzy: false, tokenize: (text) => terms(text) },
  });
  private readonly termsOf = new Map<string, ReadonlySet<string>>();
  /** In how many chunks each term stands. */
  private readonly chunksWith = new Map<string, number>();

  add(chunks: readonly { readonly id: string; readonly text: string }[]): void {
    for (const { id, text } of chunks) {
      const found = terms(text);
      this.engine.add({ id, terms: found });
      this.termsOf.set(id, new Set(found));
      this.count(id, 1);
    }
  }

  /** Forgets chunks; ids that are not there are ignored. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      if (!this.termsOf.has(id)) continue;
      this.engine.discard(id);
      this.count(id, -1);
      this.termsOf.delete(id);
    }
  }

  /** Best first. Chunks that share no term with the question are not returned. */
  search(question: string, limit: number): { id: string; score: number }[] {
    return this.engine
      .search(question)
      // minisearch multiplies the sum by the number of matched terms; dividing gives BM25 itself.
      .map(({ id, score, queryTerms }) => ({ id: id as string, score: score / Math.max(1, queryTerms.length) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  /**
   * How much of a question these chunks know by its words, 0 to 1: the share of its terms that stand in any chunk, each
   * weighed by its rarity (the idf of BM25). Low for a question in another language than the documents.
   */
  coverage(question: string): number {
    let [known, all] = [0, 0];
    for (const term of new Set(terms(question))) {
      const chunks = this.chunksWith.get(term) ?? 0;
      const rarity = Math.log(1 + (this.termsOf.size - chunks + 0.5) / (chunks + 0.5));
      all += rarity;
      if (chunks > 0) known += rarity;
    }
    return all > 0 ? known / all : 0;
  }

  private count(id: string, change: 1 | -1): void {
    for (const term of this.termsOf.get(id)!) this.chunksWith.set(term, (this.chunksWith.get(term) ?? 0) + change);
  }
}
