import MiniSearch from 'minisearch';
import { terms } from './words.ts';

/** BM25 (as BM25+, in minisearch) over the chunks of an index. Lives in memory, rebuilt when the index is opened. */
export class WordIndex {
  private readonly search_ = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: (text) => terms(text),
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', prefix: false, fuzzy: false },
  });

  add(chunks: readonly { readonly id: string; readonly text: string }[]): void {
    this.search_.addAll(chunks.map(({ id, text }) => ({ id, text })));
  }

  /** Forgets chunks; ids that are not there are ignored. */
  remove(ids: Iterable<string>): void {
    this.search_.discardAll([...ids].filter((id) => this.search_.has(id)));
  }

  /** Best first. Chunks that share no term with the question are not returned. */
  search(question: string, limit: number): { id: string; score: number }[] {
    return this.search_
      .search(question)
      // minisearch multiplies the sum by the number of matched terms; dividing gives BM25 itself.
      .map(({ id, score, queryTerms }) => ({ id: id as string, score: score / Math.max(1, queryTerms.length) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }
}
