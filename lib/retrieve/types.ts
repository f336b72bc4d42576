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
  /** Since when what it says holds, as an ISO date; a regulation says so itself. */
  readonly date?: string;
  /** Ids (or regulations' keys, e.g. `pp/46/2013`) of what holds no longer from its date on. */
  readonly replaces?: readonly string[];
  /** `revoked` when it holds no longer although no document here replaces it. */
  readonly status?: DocumentStatus;
  /** The folder or file it was read from, so that reading that again can tell what has vanished. */
  readonly origin?: string;
}

export const DOCUMENT_STATUSES = ['in-force', 'revoked'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

export interface SearchResult {
  /** Best first; at most `limit`. */
  readonly passages: readonly Omit<Passage, 'used'>[];
  /** From the question to its vector; its words are searched meanwhile. */
  readonly embeddingMs: number;
  /** From the vector to the passages. */
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
