import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileDetails, FileStorage } from 'vectra';
import { writeFileAtomically } from '../system/write-file.ts';

/**
 * File storage for Vectra that survives a kill at any moment: a file is written aside, synced and renamed, so a reader
 * finds the old content or the new. Vectra's own storage writes in place and leaves a broken index when it is killed.
 */
export class CrashSafeStorage implements FileStorage {
  /** @param startingContent What a file that is not there yet reads as; without it, reading one fails. */
  constructor(private readonly startingContent?: () => Promise<Buffer>) {}

  async upsertFile(file: string, content: Buffer | string): Promise<void> {
    await writeFileAtomically(file, content);
  }

  async createFile(file: string, content: Buffer | string): Promise<void> {
    if (await exists(file)) throw new Error(`${file} exists already`);
    await writeFileAtomically(file, content);
  }

  async readFile(file: string): Promise<Buffer> {
    try {
      return await readFile(file);
    } catch (error) {
      if (this.startingContent && (error as NodeJS.ErrnoException).code === 'ENOENT') return this.startingContent();
      throw error;
    }
  }

  async pathExists(file: string): Promise<boolean> {
    return this.startingContent !== undefined || exists(file);
  }

  async createFolder(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
  }

  async deleteFile(file: string): Promise<void> {
    await rm(file, { force: true });
  }

  /** Refused: Vectra deletes the whole folder when creating an index fails, and our folders hold more than its file. */
  async deleteFolder(folder: string): Promise<void> {
    throw new Error(`Refused to delete the folder ${folder}`);
  }

  async getDetails(file: string): Promise<FileDetails> {
    return { name: path.basename(file), path: file, isFolder: (await stat(file)).isDirectory() };
  }

  async listFiles(folder: string, filter: 'files' | 'folders' | 'all' = 'all'): Promise<FileDetails[]> {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => filter === 'all' || entry.isDirectory() === (filter === 'folders'))
      .map((entry) => ({ name: entry.name, path: path.join(folder, entry.name), isFolder: entry.isDirectory() }));
  }
}

/** Removes what writers killed in the middle of a write left aside. Only for the holder of the write lock. */
export async function removeLeftovers(folder: string, fileName: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(`.${fileName}.`) && name.endsWith('.tmp')) await rm(path.join(folder, name), { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
