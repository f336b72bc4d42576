/** One file of any format that is taken, as a document. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DOCUMENT_ENDINGS } from '../messages/workspaces.ts';
import { headingText, LONGEST_HEADING } from '../retrieve/chunk.ts';
import { readRegulation } from '../retrieve/regulation.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import type { SkipReason } from '../messages/skipped.ts';
import { wellFormed } from '../system/well-formed.ts';
import { formatOf, type FileReader } from './formats/file-reader.ts';
import { mebibytes } from './formats/limits.ts';
import { splitFrontMatter, validityFields } from './front-matter.ts';

/** A file on disk, or one that was sent. */
export interface DocumentFile {
  /** `/` between names; its place below the folder that was given. */
  readonly path: string;
  /** Bytes. */
  size(): Promise<number>;
  read(): Promise<Uint8Array>;
}

/** Read as they are; all others of DOCUMENT_ENDINGS are formats. */
const TEXT_ENDINGS = new Set(['.md', '.markdown', '.txt']);
/** More than any law; a larger file is most likely not a text a person wrote. */
const LARGEST_TEXT_BYTES = 20 * 1024 * 1024;

export const fileOnDisk = (folder: string, file: string): DocumentFile => {
  const whole = path.join(folder, file);
  return {
    path: file,
    async size() {
      const found = await stat(whole);
      // A pipe or a device, itself or behind a link, may never end.
      if (!found.isFile()) throw new Error('it is no file');
      return found.size;
    },
    read: () => readFile(whole),
  };
};

/** A file's document, or why it gives none. */
export type FileReading = SourceDocument | { readonly why: SkipReason };
const EMPTY: FileReading = { why: { id: 'empty', facts: {} } };

/** The document with this id, or the reason why there is none. Rejects only when `signal` is aborted. */
export async function readDocumentFile(file: DocumentFile, id: string, reader: FileReader, signal?: AbortSignal): Promise<FileReading> {
  signal?.throwIfAborted();
  const ending = path.posix.extname(file.path).toLowerCase();
  const format = formatOf(ending);
  if (!format && !TEXT_ENDINGS.has(ending)) return { why: { id: 'unknown-format', facts: { endings: DOCUMENT_ENDINGS.join(', ') } } };
  const largest = format ? reader.largestBytes : LARGEST_TEXT_BYTES;
  let bytes: Uint8Array;
  try {
    if ((await file.size()) > largest) return { why: { id: 'too-large', facts: { limit: mebibytes(largest) } } };
    bytes = await file.read();
  } catch (error) {
    return { why: { id: 'unreadable', facts: { cause: (error as NodeJS.ErrnoException).code ?? (error as Error).message } } };
  }
  if (!format) return fromText(bytes, id);
  const reply = await reader.read(format, bytes, signal);
  if ('why' in reply) return reply;
  // A font may map its letters to halves of characters.
  const text = wellFormed(reply.converted.markdown).normalize('NFC').trim();
  if (text === '') return EMPTY;
  return { id, title: titleIn(text, id) ?? wellFormed(usable(reply.converted.title) ?? path.posix.basename(id)), text };
}

function fromText(bytes: Uint8Array, id: string): FileReading {
  if (bytes.includes(0)) return { why: { id: 'binary', facts: {} } };
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return { why: { id: 'not-utf8', facts: {} } };
  }
  const { fields, data, body } = splitFrontMatter(content);
  const text = [body.trim(), data].filter(Boolean).join('\n\n');
  if (text === '') return EMPTY;
  // Written by document-folder.ts for a document whose id names no file.
  return { id: fields.document_id || id, title: usable(fields.title) ?? titleIn(text, id) ?? path.posix.basename(id), text, source: usable(fields.source), ...validityFields(fields) };
}

/** A regulation's own title, since such texts carry no headings; else the first heading. */
export function titleIn(text: string, id: string): string | undefined {
  const regulation = readRegulation(text, id);
  if (regulation) return regulation.title;
  for (const [, rest] of text.matchAll(/^#{1,6}[ \t]+(.+)$/gm)) {
    const heading = usable(headingText(rest));
    if (heading !== undefined) return heading;
  }
  return undefined;
}

/** A title or source that says something, and is none of those that would make every chunk of its document huge. */
const usable = (given: string | undefined): string | undefined => (given?.trim() && given.length <= LONGEST_HEADING ? given : undefined);
