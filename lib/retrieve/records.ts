import { createHash } from 'node:crypto';
import { z } from 'zod';
import { chunkDocument } from './chunk.ts';
import { readRegulation } from './regulation.ts';
import { DOCUMENT_STATUSES, type DocumentStatus, type SourceDocument } from './types.ts';

/** A chunk as the index stores it, beside its vector. */
export interface ChunkRecord {
  /** `<documentId>#<number>`. */
  readonly id: string;
  readonly documentId: string;
  readonly documentTitle: string;
  readonly number: number;
  readonly headings: readonly string[];
  readonly text: string;
  readonly source?: string;
  readonly origin?: string;
  /** The article it states or explains, see Chunk. */
  readonly provision?: string;
  readonly explains?: boolean;
  /** What the document is known by to those that replace it: a regulation's key, else its id. */
  readonly work?: string;
  /** Since when the document holds, an ISO date. */
  readonly date?: string;
  readonly status?: DocumentStatus;
  /** What its document replaces; with its first chunk only. */
  readonly replaces?: readonly string[];
  /** The document's whole text; with its first chunk only, so that chunks and document change together. */
  readonly document?: string;
  /** The Embedder's id whose vector stands beside it. */
  readonly embedder: string;
  /** SHA-256 of the rest; kept, since an index is hashed after every change. */
  readonly hash: string;
}

/** Vectra keeps strings, numbers and booleans; what is absent is left out. */
const METADATA = z.object({
  documentId: z.string(),
  documentTitle: z.string(),
  number: z.number().int().nonnegative(),
  headings: z.string(),
  text: z.string(),
  source: z.string().optional(),
  origin: z.string().optional(),
  provision: z.string().optional(),
  explains: z.boolean().optional(),
  work: z.string().optional(),
  date: z.string().optional(),
  status: z.enum(DOCUMENT_STATUSES).optional(),
  replaces: z.string().optional(),
  document: z.string().optional(),
  embedder: z.string(),
  hash: z.string(),
});

export type ChunkMetadata = Record<string, string | number | boolean>;

/** The chunks of a document, ready to be stored; none when it has no text. */
export function recordsOf(document: SourceDocument, embedder: string): ChunkRecord[] {
  const regulation = readRegulation(document.text, document.id);
  const replaces = [...(document.replaces ?? []), ...(regulation?.revokes ?? [])];
  return chunkDocument(document).map(({ number, headings, text, provision, explains }) => withHash({
    id: `${document.id}#${number}`,
    documentId: document.id,
    documentTitle: document.title,
    number,
    headings,
    text,
    source: document.source,
    origin: document.origin,
    provision,
    explains,
    work: regulation?.key,
    date: document.date ?? regulation?.inForceFrom,
    status: document.status,
    replaces: number === 0 && replaces.length ? replaces : undefined,
    document: number === 0 ? document.text : undefined,
    embedder,
  }));
}

/** As Vectra keeps it: numbers, strings and booleans only. */
export function toMetadata(record: ChunkRecord): ChunkMetadata {
  const { id: _id, headings, replaces, ...rest } = record;
  const metadata = { ...rest, headings: JSON.stringify(headings), replaces: replaces && JSON.stringify(replaces) };
  return Object.fromEntries(Object.entries(metadata).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined));
}

/** Reads a record back. Throws when the metadata is not of this form or not what its hash says. */
export function fromMetadata(id: string, metadata: ChunkMetadata): ChunkRecord {
  const { hash, headings, replaces, ...rest } = METADATA.parse(metadata);
  const strings = (json: string) => z.array(z.string()).parse(JSON.parse(json));
  const record = withHash({ id, ...rest, headings: strings(headings), ...(replaces === undefined ? {} : { replaces: strings(replaces) }) });
  if (record.hash !== hash) throw new Error(`chunk ${id} is not what its hash says`);
  return record;
}

/** Adds the SHA-256 in hex of what a chunk says and of the model that embedded it. Where it was read from is left out. */
function withHash(record: Omit<ChunkRecord, 'hash'>): ChunkRecord {
  const { id, documentTitle, headings, text, source = null, document = null, embedder, provision, explains, work, date, status, replaces } = record;
  // What most documents do not say is left out when they do not say it.
  const validity = [provision, explains, work, date, status, replaces].some((value) => value !== undefined) ? [{ provision, explains, work, date, status, replaces }] : [];
  const said = JSON.stringify([id, documentTitle, headings, text, source, document, embedder, ...validity]);
  return { ...record, hash: createHash('sha256').update(said).digest('hex') };
}

/** SHA-256 in hex over the sorted hashes of the chunks: equal for equal content, in whatever order it was put in. */
export function hashRecords(records: Iterable<ChunkRecord>): string {
  const hashes = Array.from(records, ({ hash }) => hash).sort();
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}
