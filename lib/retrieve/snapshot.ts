import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LocalIndex, ProtobufCodec } from 'vectra';
import type { Language } from '../answer/events.ts';
import { detectLanguage } from '../question/language.ts';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { searchableText } from './chunk.ts';
import { LanguageWords, type LanguageChunk } from './language-words.ts';
import { preferences, trustInMeaning, type Preference } from './preference.ts';
import { fromMetadata, hashRecords, type ChunkMetadata, type ChunkRecord } from './records.ts';
import { CrashSafeStorage } from './storage.ts';
import { validities, type Validity } from './validity.ts';
import { VectorMatrix } from './vector-matrix.ts';

/** The one file of an index: chunks, vectors and the documents' texts, replaced as a whole. */
export const INDEX_FILE = 'index.pb';

/** Where an index lives. */
export interface IndexLocation {
  /** Folder that is written to. */
  readonly folder: string;
  /** Folder that is read while `folder` holds no index yet, and never written to. */
  readonly startFrom?: string;
}

/** An index as one moment of its file holds it, ready to be searched. */
export interface Snapshot {
  /** Tells this state of the file from any other. */
  readonly stamp: string;
  readonly file: string;
  readonly bytes: number;
  readonly vectors: LocalIndex<ChunkMetadata>;
  /** The same vectors, ready to be searched. */
  readonly matrix: VectorMatrix;
  readonly words: LanguageWords;
  /** By chunk id, of those that do not simply always hold. */
  readonly validity: ReadonlyMap<string, Validity>;
  readonly preferences: ReadonlyMap<string, Preference>;
  /** What the ranking by meaning weighs in the fusion. */
  readonly trustInMeaning: number;
  readonly records: ReadonlyMap<string, ChunkRecord>;
  /** Ids of the embedders that made the vectors: one, unless the file was put together from several. */
  readonly embedders: ReadonlySet<string>;
  readonly indexHash: string;
}

export interface FileState {
  readonly file: string;
  readonly stamp: string;
  readonly bytes: number;
}

/** The file that is read now: the written one, else the one to start from, else `null`. */
export async function currentFile(location: IndexLocation): Promise<FileState | null> {
  for (const folder of [location.folder, location.startFrom]) {
    if (!folder) continue;
    const file = path.join(folder, INDEX_FILE);
    const found = await stat(file, { bigint: true }).catch(() => null);
    if (found) return { file, bytes: Number(found.size), stamp: `${file}:${found.ino}:${found.mtimeNs}:${found.size}` };
  }
  return null;
}

/** Vectra's index over the location, starting from the shipped file, or from nothing, until it has been written. */
export function openVectors(location: IndexLocation): LocalIndex<ChunkMetadata> {
  const codec = new ProtobufCodec();
  const storage = new CrashSafeStorage(async () => {
    const current = await currentFile(location);
    return current ? readFile(/* turbopackIgnore: true */ current.file) : codec.serializeIndex({ version: 1, metadata_config: {}, items: [] });
  });
  return new LocalIndex<ChunkMetadata>(location.folder, INDEX_FILE, storage, codec);
}

/**
 * Reads the index from disk. MissingArtifactError when there is none, DamagedArtifactError when it cannot be read or a
 * chunk is not what its hash says.
 */
export async function readSnapshot(location: IndexLocation): Promise<Snapshot> {
  const current = await currentFile(location);
  if (!current) {
    const folder = location.startFrom ?? location.folder;
    throw new MissingArtifactError(`There is no index in ${folder}.`, { remedy: 'npm run ingest -- FOLDER', detail: { id: 'index-missing', facts: { folder } } });
  }
  try {
    if (current.bytes === 0) throw new Error('the file is empty');
    const vectors = openVectors(location);
    const records = await readRecords(vectors);
    const words = new LanguageWords();
    words.add([...records.values()].map(searchedWords));
    return { ...current, vectors, words, records, ...(await derived(vectors, records, (id) => words.languageOf(id))) };
  } catch (cause) {
    throw new DamagedArtifactError(`The index ${current.file} cannot be read: ${(cause as Error).message}.`, {
      remedy: `Delete that file, then: npm run ingest -- FOLDER`,
      cause,
    });
  }
}

/** A chunk as the word search takes it. */
export const searchedWords = (record: ChunkRecord): LanguageChunk => ({ id: record.id, text: searchableText(record), language: detectLanguage(record.text) });

/** What a snapshot computes from its vectors and records, and the languages that its words were found to be of. */
export async function derived(vectors: LocalIndex<ChunkMetadata>, records: ReadonlyMap<string, ChunkRecord>, languageOf: (id: string) => Language): Promise<Pick<Snapshot, 'matrix' | 'validity' | 'preferences' | 'trustInMeaning' | 'embedders' | 'indexHash'>> {
  return {
    matrix: new VectorMatrix((await vectors.listItems()).map(({ id, vector }) => ({ id, vector, language: languageOf(id) }))),
    validity: validities(records.values()),
    preferences: preferences(records.values()),
    trustInMeaning: trustInMeaning(records.values()),
    embedders: new Set(Array.from(records.values(), ({ embedder }) => embedder)),
    indexHash: hashRecords(records.values()),
  };
}

/** All chunks of an index by their ids. Throws for one whose vector is not of length 1. */
export async function readRecords(vectors: LocalIndex<ChunkMetadata>): Promise<Map<string, ChunkRecord>> {
  const items = await vectors.listItems();
  return new Map(
    items.map((item) => {
      if (!(Math.abs(item.norm - 1) < 0.05)) throw new Error(`chunk ${item.id} has no vector of length 1`);
      return [item.id, fromMetadata(item.id, item.metadata)];
    }),
  );
}
