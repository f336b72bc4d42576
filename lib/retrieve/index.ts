/**
 * The index of a workspace: Vectra for the embeddings, BM25 beside it, fused by rank. One file on disk holds all of it;
 * a reader, another process's too, sees the state before a change or after it.
 */
import path from 'node:path';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { withWriteLock } from '../system/file-lock.ts';
import { wellFormed } from '../system/well-formed.ts';
import type { Abbreviations, Glossary } from './abbreviations.ts';
import { searchableText } from './chunk.ts';
import type { Embedder } from './embed.ts';
import { hashRecords, recordsOf, toMetadata, type ChunkRecord } from './records.ts';
import { readRegulation } from './regulation.ts';
import { passageOf, readQuestion, searchSnapshot, type Found } from './search.ts';
import { currentFile, derived, INDEX_FILE, openVectors, readRecords, readSnapshot, searchedWords, type IndexLocation, type Snapshot } from './snapshot.ts';
import { removeLeftovers } from './storage.ts';
import type { DocumentIndex, IndexStatistics, SearchResult, SourceDocument } from './types.ts';

export interface IndexOptions extends IndexLocation {
  readonly embedder: Embedder;
  /** Spelled out in every question, for both searches. Default: none. */
  readonly abbreviations?: Abbreviations;
  /** The documents' words for words of another language, added to every question likewise. Default: none. */
  readonly glossary?: Glossary;
  /** The day on which a passage must hold when a question names no year, as an ISO date. Default: today. */
  readonly today?: () => string;
}

/** What changes together. Documents replace those of the same id wholly. */
export interface IndexChange {
  readonly put?: readonly SourceDocument[];
  readonly remove?: readonly string[];
  /** Asked when all is embedded and nothing written yet; what it throws stops the change. */
  readonly confirm?: () => Promise<void>;
}

/** Opens nothing yet: the file is read at the first question, and again whenever it has changed. */
export function openDocumentIndex(options: IndexOptions): HybridIndex {
  return new HybridIndex(options);
}

export class HybridIndex implements DocumentIndex {
  private snapshot: Snapshot | null = null;
  private reading: Promise<void> | null = null;
  /** How often this process has written. */
  private written = 0;
  /** The end of the queue of changes; they run one after another. */
  private changes: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: IndexOptions) {}

  async search(question: string, limit: number): Promise<SearchResult> {
    const { abbreviations, glossary, today = () => new Date().toISOString().slice(0, 10) } = this.options;
    const asked = readQuestion(question, (await this.read()).validity.size > 0, abbreviations, glossary);
    const started = performance.now();
    let embedded = started;
    const embedding = this.options.embedder.embed([asked.expanded], 'query').then(([vector]) => {
      embedded = performance.now();
      return vector;
    });
    const search = async (): Promise<{ snapshot: Snapshot; found: Found[] }> => {
      const snapshot = await this.latest();
      this.checkEmbedder(snapshot);
      return { snapshot, found: await searchSnapshot(snapshot, asked, embedding, today(), limit) };
    };
    // Both, so that neither can fail unheard.
    const [{ snapshot, found }] = await Promise.all([search(), embedding]);
    const passages = found.map(({ id, score, cosine, bm25 }, index) => passageOf(snapshot.records.get(id)!, snapshot.validity.get(id), { rank: index + 1, score, cosine, bm25 }));
    const ended = performance.now();
    return { passages, embeddingMs: embedded - started, searchMs: ended - embedded, indexHash: snapshot.indexHash };
  }

  async put(documents: readonly SourceDocument[], progress?: (done: number, total: number) => void, signal?: AbortSignal): Promise<{ chunks: number; milliseconds: number }> {
    const { chunks, milliseconds } = await this.change({ put: documents }, progress, signal);
    return { chunks, milliseconds };
  }

  async remove(documentIds: readonly string[]): Promise<{ removed: number; milliseconds: number }> {
    const { removed, milliseconds } = await this.change({ remove: documentIds });
    return { removed, milliseconds };
  }

  /**
   * Puts and removes in one step. Embeds first (only texts that no chunk of the index has yet; `progress` counts
   * those), then writes once; a failure or an abort before that leaves the index as it was. `chunks` counts the chunks
   * of the documents put, `embedded` those that had to be embedded, `removed` the documents that were there and are gone.
   */
  change(change: IndexChange, progress?: (done: number, total: number) => void, signal?: AbortSignal): Promise<{ chunks: number; embedded: number; removed: number; milliseconds: number }> {
    const result = this.changes.then(() => this.apply(change, progress, signal));
    this.changes = result.catch(() => undefined);
    return result;
  }

  async document(id: string): Promise<SourceDocument | null> {
    const { records } = await this.read();
    const first = records.get(`${id}#0`);
    if (first?.document === undefined) return null;
    const { documentTitle: title, document: text, source, origin, status } = first;
    const regulation = readRegulation(text, id);
    // What a regulation says of itself is read from its text again, not kept as if a person had written it.
    const date = first.date === regulation?.inForceFrom ? undefined : first.date;
    const replaces = first.replaces?.filter((work) => !regulation?.revokes.includes(work));
    return { id, title, text, source, origin, ...(date && { date }), ...(status && { status }), ...(replaces?.length && { replaces }) };
  }

  async documents(): Promise<readonly { id: string; title: string; source?: string; origin?: string; chunks: number }[]> {
    const { records } = await this.read();
    const found = new Map<string, { id: string; title: string; source?: string; origin?: string; chunks: number }>();
    for (const { documentId: id, documentTitle: title, source, origin } of records.values()) {
      const document = found.get(id);
      if (document) document.chunks += 1;
      else found.set(id, { id, title, source, origin, chunks: 1 });
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async statistics(): Promise<IndexStatistics> {
    const { records, bytes, indexHash } = await this.read();
    return { documents: new Set(Array.from(records.values(), ({ documentId }) => documentId)).size, chunks: records.size, bytes, indexHash };
  }

  /** The state of the file now, read again only when another process has changed it. */
  private async read(): Promise<Snapshot> {
    for (;;) {
      const current = await currentFile(this.options);
      if (this.snapshot && current?.stamp === this.snapshot.stamp) return this.snapshot;
      await (this.reading ??= this.reload());
    }
  }

  /** As read, and safe to search by words until the next await: a change mutates the words of the snapshot it replaces. */
  private async latest(): Promise<Snapshot> {
    do await this.read();
    while (!this.snapshot);
    return this.snapshot;
  }

  private async reload(): Promise<void> {
    const { written } = this;
    try {
      const snapshot = await readSnapshot(this.options);
      // A change of our own in the meantime has left something newer.
      if (written === this.written) this.snapshot = snapshot;
    } finally {
      this.reading = null;
    }
  }

  private async apply(change: IndexChange, progress?: (done: number, total: number) => void, signal?: AbortSignal) {
    const started = performance.now();
    const { embedder } = this.options;
    const [put, remove] = [(change.put ?? []).map(writable), (change.remove ?? []).map(wellFormed)];
    const ids = put.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) throw new BadInputError(`Two documents have the id "${twice}".`, { remedy: 'Give each document an id of its own.' });
    const added = put.flatMap((document) => {
      const records = recordsOf(document, embedder.id);
      if (records.length === 0) throw new BadInputError(`The document "${document.id}" has no text.`, { remedy: 'Write something in it, or remove it.' });
      return records;
    });
    const { vectorOf, embedded } = await this.embedMissing(added, progress, signal);
    signal?.throwIfAborted();
    await change.confirm?.();
    const file = path.join(this.options.folder, INDEX_FILE);
    const removed = await withWriteLock(`${file}.lock`, async () => {
      await removeLeftovers(this.options.folder, INDEX_FILE);
      return this.write(added, new Set([...ids, ...remove]), new Set(remove), vectorOf);
    });
    return { chunks: added.length, embedded, removed, milliseconds: performance.now() - started };
  }

  /** Vectors by searchable text: those the index already has, the rest from the embedder. */
  private async embedMissing(added: readonly ChunkRecord[], progress?: (done: number, total: number) => void, signal?: AbortSignal) {
    const { embedder } = this.options;
    const wanted = new Set(added.map(searchableText));
    const vectorOf = new Map<string, ArrayLike<number>>();
    const known = await this.read().catch((error: unknown) => {
      if (error instanceof MissingArtifactError) return null;
      throw error;
    });
    for (const item of known ? await known.vectors.listItems() : []) {
      const record = known!.records.get(item.id)!;
      const text = searchableText(record);
      if (record.embedder === embedder.id && wanted.has(text)) vectorOf.set(text, item.vector);
    }
    const missing = [...wanted].filter((text) => !vectorOf.has(text));
    const made = missing.length ? await embedder.embed(missing, 'passage', signal, progress) : [];
    missing.forEach((text, index) => vectorOf.set(text, made[index]));
    return { vectorOf, embedded: missing.length };
  }

  /** Changes the newest state on disk, whoever wrote it, and makes the result what the next search sees. */
  private async write(added: readonly ChunkRecord[], replaced: ReadonlySet<string>, removedIds: ReadonlySet<string>, vectorOf: ReadonlyMap<string, ArrayLike<number>>): Promise<number> {
    const before = await currentFile(this.options);
    const vectors = openVectors(this.options);
    // What is in memory need not be checked again while the file is the same.
    const records = this.snapshot && this.snapshot.stamp === before?.stamp ? this.snapshot.records : await readRecords(vectors);
    const gone = [...records.values()].filter(({ documentId }) => replaced.has(documentId));
    const originOf = new Map(gone.map(({ documentId, origin }) => [documentId, origin]));
    const kept = added.map((record) => ({ ...record, origin: record.origin ?? originOf.get(record.documentId) }));
    const after = new Map([...records].filter(([, { documentId }]) => !replaced.has(documentId)));
    for (const record of kept) after.set(record.id, record);
    if (sameRecords(records, after)) return 0;
    await vectors.beginUpdate();
    await vectors.deleteItems(gone.map(({ id }) => id));
    for (const record of kept) {
      await vectors.insertItem({ id: record.id, metadata: toMetadata(record), vector: Array.from(vectorOf.get(searchableText(record))!) });
    }
    await vectors.endUpdate();
    const state = (await currentFile(this.options))!;
    this.written += 1;
    if (this.snapshot && this.snapshot.stamp === before?.stamp) {
      const { words } = this.snapshot;
      // Before the words change: nothing is awaited between them and the snapshot that goes with them.
      const changed = kept.map(searchedWords);
      const languages = new Map(changed.map(({ id, language }) => [id, language]));
      const rest = await derived(vectors, after, (id) => languages.get(id) ?? words.languageOf(id));
      words.remove(gone.map(({ id }) => id));
      words.add(changed);
      this.snapshot = { ...state, vectors, words, records: after, ...rest };
    } else this.snapshot = null;
    return new Set(gone.filter(({ documentId }) => removedIds.has(documentId)).map(({ documentId }) => documentId)).size;
  }

  private checkEmbedder({ embedders, file }: Snapshot): void {
    for (const embedder of embedders) {
      if (embedder === this.options.embedder.id) continue;
      throw new DamagedArtifactError(`The index ${file} was made with the embedder ${embedder}, not with ${this.options.embedder.id}.`, {
        remedy: 'Build it again: npm run ingest -- FOLDER',
      });
    }
  }
}

/** As the file gives it back: a chunk hashed with half of a character would not be what its hash says, and nothing could be read. */
function writable(document: SourceDocument): SourceDocument {
  const { id, title, text, source, origin, replaces } = document;
  return { ...document, id: wellFormed(id), title: wellFormed(title), text: wellFormed(text), source: source && wellFormed(source), origin: origin && wellFormed(origin), replaces: replaces?.map(wellFormed) };
}

function sameRecords(before: ReadonlyMap<string, ChunkRecord>, after: ReadonlyMap<string, ChunkRecord>): boolean {
  return before.size === after.size && hashRecords(before.values()) === hashRecords(after.values()) && [...after].every(([id, { origin }]) => before.get(id)!.origin === origin);
}
