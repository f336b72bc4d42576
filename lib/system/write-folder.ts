import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { BadInputError } from './errors.ts';
import { FILE_MANAGER_FILES } from './file-manager-files.ts';
import { isAlive } from './is-alive.ts';

/** Longer than any folder takes to be made, or its files to be taken away. */
const ABANDONED_MS = 3_600_000;
/** Longer than it takes between the two renames, whatever has the number of the process by now. */
const RENAMED_MS = 60_000;

/**
 * Makes or replaces a folder as a whole: `fill` writes into a folder aside, which then takes the place of the old one. A reader finds the old
 * folder or the new one; when `fill` throws, or the new one cannot take its place, the old one stays.
 */
export async function writeFolderAtomically(folder: string, fill: (aside: string) => Promise<void>): Promise<void> {
  const aside = asideOf(folder);
  const replaced = `${aside}.replaced`;
  try {
    await mkdir(aside, { recursive: true });
    await fill(aside);
    await rename(folder, replaced).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(aside, folder).catch(async (error: unknown) => {
      // As on Windows while a file in it is open. Where there was no old one, nothing goes back.
      await rename(replaced, folder).catch(() => {});
      throw error;
    });
    await rm(replaced, { recursive: true, force: true });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Takes a folder out of its list at once, then its files away. */
export async function removeFolder(folder: string): Promise<void> {
  const aside = asideOf(folder);
  await rename(folder, aside);
  await rm(aside, { recursive: true, force: true });
}

/** A hidden name: lists of folders leave out what is only being made or going, and `settleFolders` knows it by this form. */
const asideOf = (folder: string): string => path.join(path.dirname(folder), `.${path.basename(folder)}.${process.pid}.${randomBytes(4).toString('hex')}`);

/**
 * What processes that were killed left of their writes into this folder: a folder that they took from its place and did not put another there comes
 * back, the new one, which was whole by then; the rest goes once nobody can be at work on it. What cannot be moved or deleted now waits for the next time.
 * @returns the names in the folder, with those that came back.
 */
export async function settleFolders(parent: string): Promise<string[]> {
  const list = (): Promise<string[]> => readdir(/* turbopackIgnore: true */ parent).catch((): string[] => []);
  const found = await list();
  const hidden = found.flatMap((entry) => {
    const [, aside, name, processId, replaced] = /^(\.(.+)\.(\d+)\.[0-9a-f]{8})(\.replaced)?$/.exec(entry) ?? [];
    return aside === undefined ? [] : [{ place: path.join(parent, entry), aside, name, processId: Number(processId), replaced: replaced !== undefined }];
  });
  if (hidden.length === 0) return found;
  for (const folder of hidden) {
    if (!folder.replaced || found.includes(folder.name) || !(await isLeft(folder))) continue;
    await rename(found.includes(folder.aside) ? path.join(parent, folder.aside) : folder.place, path.join(parent, folder.name)).catch(() => {});
  }
  const present = await list();
  for (const folder of hidden) {
    // Of what is not back in its place, nothing goes.
    const isMissed = !present.includes(folder.name) && found.includes(`${folder.aside}.replaced`);
    if (!isMissed && (await isLeft(folder))) await rm(folder.place, { recursive: true, force: true }).catch(() => {});
  }
  return present;
}

/** Whether nobody can be at work on it. What was replaced changed when it was moved, however old what it holds; what is being made may be another machine's. */
async function isLeft({ place, processId, replaced }: { readonly place: string; readonly processId: number; readonly replaced: boolean }): Promise<boolean> {
  const since = await stat(/* turbopackIgnore: true */ place).catch(() => null);
  if (since === null) return false;
  return replaced ? !isAlive(processId) || Date.now() - since.ctimeMs > RENAMED_MS : Date.now() - since.mtimeMs > ABANDONED_MS;
}

/**
 * Whether `writeFolderAtomically` may make or replace this folder.
 * @throws BadInputError when it holds anything but the entries named `own`, or lacks the one named `mark`: it would be replaced as a whole. Files that a file manager
 * leaves do not count. Also when it cannot be written.
 */
export async function refuseOtherFolder(folder: string, own: readonly string[], mark?: string): Promise<void> {
  const remedy = 'Name a folder that does not exist yet, or an empty one.';
  const unwritable = (error: NodeJS.ErrnoException): never => {
    throw new BadInputError(`${folder} cannot be written to: ${error.message}.`, { remedy, cause: error });
  };
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : unwritable(error)));
  const present = entries.filter((entry) => !(entry.isFile() && FILE_MANAGER_FILES.includes(entry.name))).map(({ name }) => name);
  const others = present.filter((entry) => !own.includes(entry));
  if (others.length > 0 || (mark !== undefined && present.length > 0 && !present.includes(mark))) {
    const named = others.length > 0 ? ` (${others.slice(0, 3).join(', ')}${others.length > 3 ? ', ...' : ''})` : '';
    throw new BadInputError(`${folder} holds other files${named}, which would be lost.`, { remedy });
  }
  await access(await nearestFolder(path.dirname(path.resolve(folder))), constants.W_OK | constants.X_OK).catch(unwritable);

  /** The parent itself, or what it will be made in. */
  async function nearestFolder(place: string): Promise<string> {
    const found = await stat(place).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : unwritable(error)));
    if (found === null) return nearestFolder(path.dirname(place));
    return found.isDirectory() ? place : unwritable(new Error(`${place} is no folder`));
  }
}

/** Writes a file part by part, so that memory holds one of them, and makes it durable. For files in a folder that is itself written aside. */
export async function writeParts(file: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, 'w');
  try {
    for await (const part of parts) {
      signal?.throwIfAborted();
      for (let done = 0; done < part.length; ) done += (await handle.write(part, done)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
