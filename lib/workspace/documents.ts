import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { LONGEST_HEADING } from '../retrieve/chunk.ts';
import { skipReasonText, type SkippedDocument, type SkipReason } from '../messages/skipped.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { BadInputError } from '../system/errors.ts';
import { projectRoot } from '../system/paths.ts';
import { HALF_CHARACTER, holdsNoNul, isWellFormed, NUL_CHARACTER } from '../system/well-formed.ts';
import { fileOnDisk, readDocumentFile, titleIn, type DocumentFile, type FileReading } from './document-file.ts';
import { hasDots, LONGEST_NAME } from './folders.ts';
import { openFileReader } from './formats/file-reader.ts';
import type { ReadingLimits } from './formats/limits.ts';
import { validityFields } from './front-matter.ts';
import { readJsonLines } from './json-lines.ts';

export interface ReadDocuments {
  /** In the order of their files' paths, or of the lines of a JSON Lines file. */
  readonly documents: readonly SourceDocument[];
  readonly skipped: readonly SkippedDocument[];
  /** Carried by every document, see SourceDocument. */
  readonly origin: string;
}

/** More would hide what is to be done. */
const SKIPPED_NAMED = 5;
const TOO_LONG = `is longer than ${LONGEST_NAME} characters`;
const TOO_LONG_TO_REPEAT = `is longer than ${LONGEST_HEADING} characters`;

/** JSON can spell what UTF-8, and a file of text, cannot. */
const string = z.string().refine(isWellFormed, HALF_CHARACTER).refine(holdsNoNul, NUL_CHARACTER);
const DOCUMENT_LINE = z.object({
  id: string.trim().min(1).max(LONGEST_NAME, TOO_LONG).refine((id) => !/\p{Cc}/u.test(id), 'holds a control character').refine((id) => !hasDots(id), 'holds . or .. between slashes'),
  title: string.max(LONGEST_HEADING, TOO_LONG_TO_REPEAT).optional(),
  text: string.refine((text) => text.trim() !== '', 'is blank'),
  source: string.max(LONGEST_HEADING, TOO_LONG_TO_REPEAT).optional(),
  date: string.optional(),
  status: string.optional(),
  replaces: z.array(string).optional(),
});

export interface ReadingOptions {
  /** After every file: how many of all have been read. */
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Default: the product's, see READING_LIMITS. */
  readonly limits?: ReadingLimits;
}

/**
 * Reads documents from a folder (Markdown, text, HTML, PDF and DOCX; folders below it included, hidden ones left out) or from a JSON
 * Lines file of `{id, title, text, source?, date?, status?, replaces?}`. In a folder, what cannot be read is named and skipped and the rest goes in; in a
 * JSON Lines file one bad line is a BadInputError. A path that does not exist is one too.
 */
export async function readDocuments(from: string, options: ReadingOptions = {}): Promise<ReadDocuments> {
  const found = await stat(from).catch((cause) => {
    throw new BadInputError(`There is no folder or file ${from}.`, { cause, remedy: 'Give a folder of documents, or a .jsonl file.' });
  });
  const origin = originOf(from);
  if (found.isDirectory()) return { ...(await readDocumentFiles(await filesBelow(from), options, origin)), origin };
  if (path.extname(from).toLowerCase() !== '.jsonl') {
    throw new BadInputError(`${from} is neither a folder nor a .jsonl file.`, { remedy: 'Give the folder it lies in.' });
  }
  const rows = await readJsonLines(from, DOCUMENT_LINE);
  return { documents: rows.map(({ id, text, title, source, ...validity }) => ({ id, title: title?.trim() || (titleIn(text, id) ?? id), text, source, ...validityFields(validity), origin })), skipped: [], origin };
}

/** Reads files one after another: each gives a document, or is named with the reason why not. Two of one name are one too many. */
export async function readDocumentFiles(files: readonly DocumentFile[], { progress, signal, limits }: ReadingOptions = {}, origin?: string): Promise<Omit<ReadDocuments, 'origin'>> {
  const documents: SourceDocument[] = [];
  const skipped: SkippedDocument[] = [];
  const fileOfId = new Map<string, string>();
  const reader = openFileReader(limits);
  try {
    for (const [index, file] of files.entries()) {
      const id = file.path.slice(0, file.path.length - path.posix.extname(file.path).length);
      const skip = (why: SkipReason) => skipped.push({ file: file.path, reason: skipReasonText(why), why });
      const reading: FileReading = fileOfId.has(id) ? { why: { id: 'same-name', facts: { file: fileOfId.get(id)! } } } : await readDocumentFile(file, id, reader, signal);
      if ('why' in reading) skip(reading.why);
      else if (reading.id.length > LONGEST_NAME) skip({ id: 'name-too-long', facts: { limit: LONGEST_NAME } });
      else if (fileOfId.has(reading.id)) skip({ id: 'same-document', facts: { file: fileOfId.get(reading.id)! } });
      else {
        fileOfId.set(reading.id, file.path);
        documents.push({ ...reading, origin });
      }
      progress?.(index + 1, files.length);
    }
  } finally {
    await reader.close();
  }
  return { documents, skipped };
}

/** Where nothing came of the files that were given. */
export function noneReadable(skipped: readonly SkippedDocument[]): BadInputError {
  const first = skipped.slice(0, SKIPPED_NAMED);
  const reasons = first.map(({ file, reason }) => `${file} (${reason})`).join(', ');
  return new BadInputError(`None of the documents can be read${reasons ? `: ${reasons}` : ''}.`, {
    remedy: 'Give Markdown, text, HTML, PDF or DOCX files.',
    detail: { id: 'documents-unreadable', facts: { skipped: first } },
  });
}

/** The same for the same folder wherever the project lies, and free of the machine's folders where it can be. */
function originOf(from: string): string {
  const relative = path.relative(projectRoot(), path.resolve(from));
  return (relative.startsWith('..') || path.isAbsolute(relative) ? path.resolve(from) : relative || '.').split(path.sep).join('/');
}

/** Files below the folder with `/` between names, sorted by code units so that every machine agrees. */
async function filesBelow(folder: string): Promise<DocumentFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.split('/').some((name) => name.startsWith('.')))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((file) => fileOnDisk(folder, file));
}
