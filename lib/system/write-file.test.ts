import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileAtomically } from './write-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'write-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function* pieces(failure?: Error): AsyncGenerator<Uint8Array> {
  yield Buffer.from('satu ');
  if (failure) throw failure;
  yield Buffer.from('dua');
}

it('writes a file piece by piece into a folder that is made for it', async () => {
  const file = path.join(folder, 'baru', 'file');
  await writeFileAtomically(file, pieces());
  expect(await readFile(file, 'utf8')).toBe('satu dua');
  expect(await readdir(path.dirname(file))).toEqual(['file']);
});

it('lets a function write in any order, and leaves the old file when it fails', async () => {
  const file = path.join(folder, 'file');
  await writeFileAtomically(file, async (handle) => {
    await handle.truncate(8);
    await handle.write('dua', 5);
    await handle.write('satu ', 0);
  });
  expect(await readFile(file, 'utf8')).toBe('satu dua');
  await expect(writeFileAtomically(file, async () => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
  expect(await readFile(file, 'utf8')).toBe('satu dua');
  expect(await readdir(folder)).toEqual(['file']);
});

it('leaves the old file, and nothing beside it, when a piece fails', async () => {
  const file = path.join(folder, 'file');
  await writeFileAtomically(file, 'lama');
  await expect(writeFileAtomically(file, pieces(new Error('stop')))).rejects.toThrow('stop');
  expect(await readFile(file, 'utf8')).toBe('lama');
  expect(await readdir(folder)).toEqual(['file']);
});
