/** Adapters as one ZIP file, out and in. */
import { Zip, ZipPassThrough } from 'fflate';
import type { AdapterRefusal } from '../messages/refused.ts';
import { BadInputError } from '../system/errors.ts';
import { UnreadableFile } from '../workspace/formats/limits.ts';
import { readZip } from '../workspace/formats/zip.ts';
import type { Files } from './export-peft.ts';
import { LARGEST_ADAPTER_BYTES, type AdapterFolderFiles } from './import-peft.ts';

/** Files of an adapter folder that an import reads. */
export const ADAPTER_FILES = ['adapter_config.json', 'adapter_model.safetensors', 'adapter_model.bin', 'card.json'] as const;
const LIMITS = { unpackedBytes: LARGEST_ADAPTER_BYTES, archiveEntries: 100 } as const;
/** Equal adapters give equal files. */
const TIMELESS = new Date(Date.UTC(1980, 0, 2));

/** The archive piece by piece, in a folder of the adapter's name; not compressed, as weights hardly shrink. */
export function* zipFiles(folder: string, files: Files): Generator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error) failure = error;
    else pieces.push(piece);
  });
  for (const [name, parts] of Object.entries(files)) {
    const entry = new ZipPassThrough(`${folder}/${name}`);
    entry.mtime = TIMELESS;
    zip.add(entry);
    for (const part of parts) {
      entry.push(part);
      if (failure) throw failure;
      yield* pieces.splice(0);
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield* pieces;
}

/**
 * The adapter's files out of a ZIP archive, by their names without folders; other files are left where they are, nothing is written.
 * @throws BadInputError when the archive is damaged, too large, or holds one of them twice.
 */
export function readAdapterArchive(bytes: Uint8Array): AdapterFolderFiles {
  const files = new Map<string, Uint8Array>();
  try {
    for (const entry of readZip(bytes, LIMITS)) {
      const name = entry.name.split('/').at(-1)!;
      if (!(ADAPTER_FILES as readonly string[]).includes(name) || entry.name.includes('__MACOSX')) continue;
      if (files.has(name)) throw refused(`it holds ${name} twice`, { id: 'twice', facts: { file: name } });
      files.set(name, entry.read());
    }
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    throw refused(cause.message, { id: 'unreadable', facts: { why: cause.why } }, cause);
  }
  return files;
}

const refused = (reason: string, why: AdapterRefusal, cause?: unknown): BadInputError =>
  new BadInputError(`The archive cannot be imported: ${reason}.`, { cause, remedy: 'Give a ZIP of the folder that PEFT\'s save_pretrained wrote.', detail: { id: 'adapter-refused', facts: { why } } });
