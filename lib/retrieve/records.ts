import { createHash } from 'node:crypto';
import { z } from 'zod';
import { chunkDocument } from './chunk.ts';
import type { SourceDocument } from './types.ts';

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
  document: z.string().optional(),
  embedder: z.string(),
  hash: z.string(),
});

export type ChunkMetadata = Record<string, string | number | boolean>;

/** The chunks of a document, ready to be stored; none when it has no text. */
export function recordsOf(document: SourceDocument, embedder: string): ChunkRecord[] {
  return chunkDocument(document).map(({ number, headings, text }) => withHash({
    id: `${document.id}#${number}`,
    documentId: document.id,
    documentTitle: document.title,
    number,
    headings,
    text,
    source: document.source,
    origin: document.origin,
    document: number === 0 ? document.text : undefined,
    embedder,
  }));
}

export function toMetadata(record: ChunkRecord): ChunkMetadata {
  const { id: _id, headings, ...rest } = record;
  const metadata = { ...rest, headings: JSON.stringify(headings) };
  return Object.fromEntries(Object.entries(metadata).filter((entry): entry is [string, string | number] => entry[1] !== undefined));
}

/** Reads a record back. Throws when the metadata is not of this form or not what its hash says. */
export function fromMetadata(id: string, metadata: ChunkMetadata): ChunkRecord {
  const { hash, headings, ...rest } = METADATA.parse(metadata);
  const record = withHash({ id, ...rest, headings: z.array(z.string()).parse(JSON.parse(headings)) });
  if (record.hash !== hash) throw new Error(`chunk ${id} is not what its hash says`);
  return record;
}

/** Adds the SHA-256 in hex of what a chunk says and of the model that embedded it. Where it was read from is left out. */
function withHash(record: Omit<ChunkRecord, 'hash'>): ChunkRecord {
  const { id, documentTitle, headings, text, source = null, document = null, embedder } = record;
  const said = JSON.stringify([id, documentTitle, headings, text, source, document, embedder]);
  return { ...record, hash: createHash('sha256').update(said).digest('hex') };
}

/** SHA-256 in hex over the sorted hashes of the chunks: equal for equal content, in whatever order it was put in. */
export function hashRecords(records: Iterable<ChunkRecord>): string {
  const hashes = Array.from(records, ({ hash }) => hash).sort();
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}
