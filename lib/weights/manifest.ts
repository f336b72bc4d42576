import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { dataDirectory } from '../system/paths.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { hashFileInto } from './hash-file.ts';

const READ_BY_PEOPLE = ['README.md', 'LICENSE', 'NOTICE'];

interface FileRecord {
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** `models/manifest.json`: every file a base model is loaded from, by its path below `models/` with forward slashes. */
export interface Manifest {
  readonly files: Readonly<Record<string, FileRecord>>;
}

/**
 * Checks the files of one model folder against the manifest beside it: presence and size always, content by SHA-256 unless
 * a stamp in the data directory says that a file of this size and modification time had the right content before.
 *
 * @throws MissingArtifactError, DamagedArtifactError naming the file and the command that restores it.
 */
export async function verifyModel(folder: string, stampDirectory = dataDirectory()): Promise<void> {
  const { models, files } = await filesOf(folder);
  const stampFile = path.join(stampDirectory, 'verified', `${path.basename(folder)}.json`);
  const known = await readStamp(stampFile);
  const stamp: Record<string, string> = {};
  for (const [name, record] of files) {
    const file = path.join(models, name);
    const remedy = `git checkout -- models/${name}`;
    const found = await stat(file).catch(() => null);
    if (!found) throw new MissingArtifactError(`${file} is missing.`, { remedy, detail: { id: 'model-file-missing', facts: { file } } });
    if (found.size !== record.bytes) {
      throw new DamagedArtifactError(`${file} is damaged: it has ${found.size} bytes, the manifest says ${record.bytes}.`, { remedy, detail: { id: 'model-file-damaged', facts: { file } } });
    }
    stamp[name] = `${found.size} ${found.mtimeMs} ${record.sha256}`;
    if (known[name] === stamp[name]) continue;
    if ((await hashFile(file)) !== record.sha256) {
      throw new DamagedArtifactError(`${file} is damaged: its SHA-256 is not the one in the manifest.`, { remedy, detail: { id: 'model-file-damaged', facts: { file } } });
    }
  }
  // Without a stamp the next start hashes again; a data directory that cannot be written is no reason to refuse to answer.
  if (JSON.stringify(known) !== JSON.stringify(stamp)) await writeFileAtomically(stampFile, JSON.stringify(stamp)).catch(() => undefined);
}

/** Records size and SHA-256 of every file below the named model folders, but for the texts that only people read. */
export async function writeManifest(models: string, folders: readonly string[]): Promise<Manifest> {
  const files: Record<string, FileRecord> = {};
  for (const folder of folders) {
    const names = await readdir(path.join(models, folder), { recursive: true, withFileTypes: true });
    const paths = names.filter((entry) => entry.isFile() && !READ_BY_PEOPLE.includes(entry.name)).map((entry) => path.relative(models, path.join(entry.parentPath, entry.name)));
    for (const name of paths.sort()) {
      const file = path.join(models, name);
      files[name.split(path.sep).join('/')] = { bytes: (await stat(file)).size, sha256: await hashFile(file) };
    }
  }
  const manifest = { files };
  await writeFileAtomically(path.join(models, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The manifest's entries for one folder, sorted by name, and the folder that holds the manifest. */
async function filesOf(folder: string): Promise<{ models: string; files: [string, FileRecord][] }> {
  const models = path.dirname(path.resolve(folder));
  const prefix = `${path.basename(folder)}/`;
  const file = path.join(models, 'manifest.json');
  if (!existsSync(file)) throw new MissingArtifactError(`${file} is missing.`, { remedy: 'git checkout -- models/manifest.json' });
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  } catch (cause) {
    throw new DamagedArtifactError(`${file} is not JSON.`, { remedy: 'git checkout -- models/manifest.json', cause });
  }
  const files = Object.entries(manifest.files).filter(([name]) => name.startsWith(prefix));
  if (files.length === 0) throw new DamagedArtifactError(`${file} lists no file of ${prefix}`, { remedy: 'git checkout -- models/manifest.json' });
  return { models, files: files.sort(([first], [second]) => (first < second ? -1 : 1)) };
}

async function readStamp(file: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await hashFileInto(hash, file);
  return hash.digest('hex');
}
