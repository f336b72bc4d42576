/** The contract between the index of a workspace and whoever asks it. */
import type { Passage } from '../answer/passage.ts';

/** A document as a person wrote it, before chunking. */
export interface SourceDocument {
  /** Unique in the workspace: the path below its folder without the ending, or the JSONL `id`. */
  readonly id: string;
  readonly title: string;
  /** Markdown or plain text, front matter removed. */
  readonly text: string;
  /** Law and article (or any origin) the document names. */
  readonly source?: string;
  /** The folder or file it was read from, so that reading that again can tell what has vanished. */
  readonly origin?: string;
}

export interface SearchResult {
  /** Best first; at most `limit`. */
  readonly passages: readonly Omit<Passage, 'used'>[];
  readonly embeddingMs: number;
  readonly searchMs: number;
  readonly indexHash: string;
}

export interface IndexStatistics {
  readonly documents: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly indexHash: string;
}

export interface DocumentIndex {
  search(question: string, limit: number): Promise<SearchResult>;
  /** Embeds first, then writes in one batch; returns once a search sees the change. */
  put(documents: readonly SourceDocument[], progress?: (done: number, total: number) => void, signal?: AbortSignal): Promise<{ chunks: number; milliseconds: number }>;
  remove(documentIds: readonly string[]): Promise<{ removed: number; milliseconds: number }>;
  document(id: string): Promise<SourceDocument | null>;
  documents(): Promise<readonly { id: string; title: string; source?: string; chunks: number }[]>;
  statistics(): Promise<IndexStatistics>;
}
