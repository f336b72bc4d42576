import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { SourceDocument } from '../retrieve/types.ts';
import { BadInputError } from '../system/errors.ts';
import { projectRoot } from '../system/paths.ts';
import { splitFrontMatter } from './front-matter.ts';
import { readJsonLines } from './json-lines.ts';

export interface SkippedFile {
  /** Path below the folder that was read. */
  readonly file: string;
  readonly reason: string;
}

export interface ReadDocuments {
  /** In the order of their files' paths, or of the lines of a JSON Lines file. */
  readonly documents: readonly SourceDocument[];
  readonly skipped: readonly SkippedFile[];
  /** Carried by every document, see SourceDocument. */
  readonly origin: string;
}

const ENDINGS = new Set(['.md', '.markdown', '.txt']);
/** More than any law; a larger file is most likely not a text a person wrote. */
const LARGEST_BYTES = 20 * 1024 * 1024;

const DOCUMENT_LINE = z.object({
  id: z.string().min(1),
  title: z.string().optional(),
  text: z.string().refine((text) => text.trim() !== '', 'is blank'),
  source: z.string().optional(),
});

/**
 * Reads documents from a folder (Markdown and text, folders below it included, hidden ones left out) or from a JSON Lines
 * file of `{id, title, text, source?}`. In a folder, what cannot be read is named and skipped and the rest goes in; in a
 * JSON Lines file one bad line is a BadInputError. A path that does not exist is one too.
 */
export async function readDocuments(from: string): Promise<ReadDocuments> {
  const found = await stat(from).catch((cause) => {
    throw new BadInputError(`There is no folder or file ${from}.`, { cause, remedy: 'Give a folder of .md and .txt files, or a .jsonl file.' });
  });
  const origin = originOf(from);
  if (found.isDirectory()) return { ...(await readFolder(from, origin)), origin };
  if (path.extname(from).toLowerCase() !== '.jsonl') {
    throw new BadInputError(`${from} is neither a folder nor a .jsonl file.`, { remedy: 'Give the folder it lies in.' });
  }
  const rows = await readJsonLines(from, DOCUMENT_LINE);
  return { documents: rows.map((row) => ({ ...row, title: row.title?.trim() || (firstHeading(row.text) ?? row.id), origin })), skipped: [], origin };
}

/** The same for the same folder wherever the project lies, and free of the machine's folders where it can be. */
function originOf(from: string): string {
  const relative = path.relative(projectRoot(), path.resolve(from));
  return (relative.startsWith('..') || path.isAbsolute(relative) ? path.resolve(from) : relative || '.').split(path.sep).join('/');
}

async function readFolder(folder: string, origin: string): Promise<Omit<ReadDocuments, 'origin'>> {
  const documents: SourceDocument[] = [];
  const skipped: SkippedFile[] = [];
  const fileOfId = new Map<string, string>();
  for (const file of await filesBelow(folder)) {
    const id = file.slice(0, file.length - path.extname(file).length);
    const reading = fileOfId.has(id) ? `has the same name as ${fileOfId.get(id)}` : await readDocument(folder, file, id, origin);
    if (typeof reading === 'string') skipped.push({ file, reason: reading });
    else {
      fileOfId.set(id, file);
      documents.push(reading);
    }
  }
  return { documents, skipped };
}

/** Paths below the folder with `/` between names, sorted by code units so that every machine agrees. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.split('/').some((name) => name.startsWith('.')))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The document, or the reason why there is none. */
async function readDocument(folder: string, file: string, id: string, origin: string): Promise<SourceDocument | string> {
  if (!ENDINGS.has(path.extname(file).toLowerCase())) return 'not Markdown or text (.md, .markdown, .txt)';
  const content = await readPlainText(path.join(folder, file));
  if ('reason' in content) return content.reason;
  const { fields, data, body } = splitFrontMatter(content.text);
  const text = [body.trim(), data].filter(Boolean).join('\n\n');
  if (text === '') return 'empty';
  return { id, title: fields.title || (firstHeading(text) ?? path.posix.basename(id)), text, source: fields.source || undefined, origin };
}

async function readPlainText(file: string): Promise<{ text: string } | { reason: string }> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > LARGEST_BYTES) return { reason: `larger than ${LARGEST_BYTES / 1024 / 1024} MiB` };
    bytes = await readFile(file);
  } catch (error) {
    return { reason: `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})` };
  }
  if (bytes.includes(0)) return { reason: 'binary, or text that is not UTF-8' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n') };
  } catch {
    return { reason: 'not UTF-8 text' };
  }
}

function firstHeading(text: string): string | undefined {
  return /^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(text)?.[1];
}
