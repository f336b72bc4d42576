import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes or replaces a folder as a whole: `fill` writes into a folder aside, which then takes the place of the old one. A reader finds the old
 * folder or the new one; when `fill` throws, the old one stays.
 */
export async function writeFolderAtomically(folder: string, fill: (aside: string) => Promise<void>): Promise<void> {
  // A hidden name: lists of folders leave out what is only being made.
  const aside = path.join(path.dirname(folder), `.${path.basename(folder)}.${process.pid}.${randomBytes(4).toString('hex')}`);
  const replaced = `${aside}.replaced`;
  try {
    await mkdir(aside, { recursive: true });
    await fill(aside);
    await rename(folder, replaced).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(replaced, { recursive: true, force: true });
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
