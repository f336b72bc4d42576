import type { Language } from '../answer/events.ts';
import { WordIndex, type SearchAllOptions, type WordHit } from './word-index.ts';

export interface LanguageChunk {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
}

/**
 * The word search over chunks of several languages, one WordIndex for each: a word is rare or common among texts of its own language. In one index
 * an English word is rare among Indonesian chunks, and the few English ones win every English question by "tax" and "company".
 */
export class LanguageWords {
  private readonly indexes = new Map<Language, WordIndex>();
  private readonly languages = new Map<string, Language>();

  add(chunks: readonly LanguageChunk[]): void {
    this.remove(chunks.map(({ id }) => id));
    for (const { id, language } of chunks) this.languages.set(id, language);
    for (const language of new Set(chunks.map((chunk) => chunk.language))) {
      if (!this.indexes.has(language)) this.indexes.set(language, new WordIndex());
      this.indexes.get(language)!.add(chunks.filter((chunk) => chunk.language === language));
    }
  }

  /** Forgets chunks; ids that are not there are ignored. */
  remove(ids: readonly string[]): void {
    for (const index of this.indexes.values()) index.remove(ids);
    for (const id of ids) this.languages.delete(id);
  }

  /** Of a chunk that is there. */
  languageOf(id: string): Language {
    return this.languages.get(id)!;
  }

  /** As WordIndex.searchAll, over all languages. */
  searchAll(question: string, limit: number, groupOf: (id: string) => number | null, options?: SearchAllOptions): WordHit[][] {
    const found = [...this.indexes.values()].map((index) => index.searchAll(question, limit, groupOf, options));
    const groups = Math.max(0, ...found.map(({ length }) => length));
    return Array.from({ length: groups }, (_, group) => found.flatMap((lists) => lists[group] ?? []).sort((one, other) => other.score - one.score).slice(0, limit));
  }

  /**
   * How much of a question the chunks know by its words, 0 to 1: WordIndex.coverage of each language, weighed by how many chunks are of it beside
   * the language that has most. Words of the largest part are trusted as if it were alone, those of a few chunks hardly.
   */
  coverage(question: string): number {
    const indexes = [...this.indexes.values()];
    const largest = Math.max(1, ...indexes.map(({ size }) => size));
    return Math.min(1, indexes.reduce((sum, index) => sum + (index.size * index.coverage(question)) / largest, 0));
  }
}
