import { realpath } from 'node:fs/promises';
import type { SkippedDocument } from '../messages/skipped.ts';
import type { HybridIndex } from '../retrieve/index.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { BadInputError, MissingArtifactError } from '../system/errors.ts';
import { hashedPath, IndexWithFiles } from './document-folder.ts';
import { readDocuments } from './documents.ts';

/** Counts of documents, except where they say otherwise. */
export interface IngestReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Came from the same folder or file before, or are kept as files of it, and stand there no longer. */
  readonly removed: number;
  readonly skipped: readonly SkippedDocument[];
  /** Chunks of all documents read. */
  readonly chunks: number;
  /** Of these, how many had to be embedded. */
  readonly embedded: number;
  readonly milliseconds: number;
}

/**
 * Makes an index hold what a folder (or JSON Lines file) holds, in one step: a failure or an abort leaves it as it was.
 * Documents from elsewhere stay, unless the folder is where the index itself keeps a file of every document: there, one without its file is
 * gone. A file that was skipped keeps the document it gave before. `progress` counts files as they are read, then chunks as they are
 * embedded. BadInputError when there is nothing to read.
 */
export async function ingest(index: HybridIndex, from: string, progress?: (done: number, total: number, what: 'files' | 'chunks') => void, signal?: AbortSignal): Promise<IngestReport> {
  const started = performance.now();
  const { documents, skipped, origin } = await readDocuments(from, { signal, progress: (done, total) => progress?.(done, total, 'files') });
  const before = await index.documents().catch((error: unknown) => {
    if (error instanceof MissingArtifactError) return [];
    throw error;
  });
  const known = new Set(before.map(({ id }) => id));
  const holdsAll = await isDocumentsFolder(index, from);
  const [read, unread] = [new Set(documents.map(({ id }) => id)), new Set(skipped.map(({ file }) => withoutEnding(file)))];
  const stands = (id: string) => read.has(id) || unread.has(id) || (holdsAll && unread.has(withoutEnding(hashedPath(id))));
  const vanished = before.filter((document) => (holdsAll || document.origin === origin) && !stands(document.id)).map(({ id }) => id);
  if (documents.length === 0 && vanished.length === 0) {
    const reasons = skipped.map(({ file, reason }) => `${file} (${reason})`).join(', ');
    throw new BadInputError(`There is nothing to index in ${from}${reasons ? `: ${reasons}` : ''}.`, { remedy: 'Put Markdown, text, HTML, PDF or DOCX files in it, and try again.' });
  }
  let [added, changed] = [0, 0];
  for (const document of documents) {
    if (!known.has(document.id)) added += 1;
    else if (!sameContent(document, await index.document(document.id))) changed += 1;
  }
  const { chunks, embedded, removed } = await index.change({ put: documents, remove: vanished }, (done, total) => progress?.(done, total, 'chunks'), signal);
  return { added, changed, unchanged: documents.length - added - changed, removed, skipped, chunks, embedded, milliseconds: performance.now() - started };
}

const withoutEnding = (file: string): string => file.replace(/\.[^./]+$/, '');

/** Whether the index keeps its documents as files in this very folder, by whatever path it is named. */
async function isDocumentsFolder(index: HybridIndex, from: string): Promise<boolean> {
  if (!(index instanceof IndexWithFiles)) return false;
  const [kept, read] = await Promise.all([index.documentsFolder, from].map((folder) => realpath(folder).catch(() => null)));
  return kept !== null && kept === read;
}

function sameContent(document: SourceDocument, before: SourceDocument | null): boolean {
  return before !== null && before.title === document.title && before.text === document.text && before.source === document.source && timeOf(before) === timeOf(document);
}

const timeOf = ({ date, status, replaces }: SourceDocument): string => JSON.stringify([date, status, replaces]);
