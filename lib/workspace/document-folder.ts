/** The documents of a person's own workspace as files that people can read: Markdown with front matter, one a document. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { HybridIndex, type IndexChange, type IndexOptions } from '../retrieve/index.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { BadInputError } from '../system/errors.ts';
import { withWriteLock } from '../system/file-lock.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { isFolder } from './folders.ts';

/** Names that every disk takes, none of them a way out of the folder. */
const PLAIN_NAME = /^[\p{L}\p{N}_][\p{L}\p{N} ._-]{0,79}$/u;
/** Disks take 255, with what writing aside adds. */
const LONGEST_NAME_BYTES = 200;
const WRITTEN_AT_ONCE = 8;
/** Long enough for thousands of files on a slow disk. */
const FILES_WAIT_MS = 120_000;

/** Where a document lies below its folder: by its id where that can name a file, else by the id's hash. */
export function documentPath(id: string): string {
  const names = id.split('/');
  // A folder named as a file is may stand where another document's file should.
  const isFree = !names.slice(0, -1).some((name) => /\.md$/i.test(name));
  const plain = isFree && id.length <= 200 && names.length <= 8 && names.every((name) => PLAIN_NAME.test(name) && Buffer.byteLength(name) <= LONGEST_NAME_BYTES && !/[ .]$/.test(name) && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name));
  return plain ? `${id}.md` : hashedPath(id);
}

export const hashedPath = (id: string): string => `_${createHash('sha256').update(id).digest('hex').slice(0, 24)}.md`;

/** Where the documents of one folder lie, by their ids. Those whose files some disks (of Macs, of Windows) take for one go by their hashes. */
export function documentPaths(ids: readonly string[]): ReadonlyMap<string, string> {
  const alike = new Map<string, number>();
  for (const id of ids) alike.set(onAnyDisk(id), (alike.get(onAnyDisk(id)) ?? 0) + 1);
  return new Map(ids.map((id) => [id, alike.get(onAnyDisk(id)) === 1 ? documentPath(id) : hashedPath(id)]));
}

/** The same for two ids whose files some disk takes for one. */
const onAnyDisk = (id: string): string => documentPath(id).normalize('NFC').toUpperCase().toLowerCase();

/** Reads back as the same document; where it was read from is left out, being a folder of one machine. `file` is its path below the folder. */
export function documentFileText({ id, text, origin: _origin, ...fields }: SourceDocument, file = documentPath(id)): string {
  const named = { ...(file !== `${id}.md` && { document_id: id }), ...fields };
  const lines = Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${quoted(String(value))}`]));
  return `---\n${lines.join('\n')}\n---\n${text.trim()}\n`;
}

/** In one line. */
const quoted = (value: string): string => `"${value.replace(/[\r\n\u2028\u2029]+/g, ' ').trim().replace(/["\\]/g, '\\$&')}"`;

/** An index that keeps `documents/` beside it as it is itself. The index comes first: a search sees nothing that was not embedded. */
export class IndexWithFiles extends HybridIndex {
  /** @param documentsFolder Holds a file for every document, see documentPaths. */
  constructor(options: IndexOptions, readonly documentsFolder: string) {
    super(options);
  }

  override async change(change: IndexChange, progress?: (done: number, total: number) => void, signal?: AbortSignal): ReturnType<HybridIndex['change']> {
    const workspace = path.dirname(this.documentsFolder);
    // Nothing is waited for before the change takes its place in the queue.
    const wasThere = isFolder(workspace);
    const confirm = async () => {
      // Embedding may take an hour. Written now, a workspace that was deleted would be there again, with these documents alone.
      if ((await wasThere) && !(await isFolder(workspace))) throw new BadInputError(`The workspace "${path.basename(workspace)}" was deleted in the meantime.`, { httpStatus: 409, remedy: 'Make it again, with these documents.' });
    };
    const result = await super.change({ ...change, confirm }, progress, signal);
    const touched = new Set([...(change.put ?? []).map(({ id }) => id), ...(change.remove ?? [])]);
    // Other changes may have come since: files are made what the index is now, by one process at a time.
    await withWriteLock(`${this.documentsFolder}.lock`, () => this.writeFiles(touched), FILES_WAIT_MS);
    return result;
  }

  private async writeFiles(touched: ReadonlySet<string>): Promise<void> {
    const paths = documentPaths((await this.documents()).map(({ id }) => id));
    const alike = new Set([...touched].map(onAnyDisk));
    // A document that comes or goes may give the one beside it another path.
    const present = [...paths.keys()].filter((id) => alike.has(onAnyDisk(id)));
    const gone = [...touched].filter((id) => !paths.has(id));
    const remove = async (id: string) => {
      for (const file of [documentPath(id), hashedPath(id)]) if (file !== paths.get(id)) await rm(path.join(this.documentsFolder, file), { force: true });
    };
    // What is gone comes first: its name may be that of a file to be written. What was only moved comes last: it stands somewhere at any moment.
    await eachOf(gone, remove);
    await eachOf(present, async (id) => {
      const [file, document] = [paths.get(id)!, await this.document(id)];
      if (document) await writeFileAtomically(path.join(this.documentsFolder, file), documentFileText(document, file));
    });
    await eachOf(present, remove);
  }
}

/** Some at once. */
async function eachOf(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const waiting = ids.values();
  const next = async () => {
    for (const id of waiting) await work(id);
  };
  await Promise.all(Array.from({ length: WRITTEN_AT_ONCE }, next));
}
