import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BadInputError } from './errors.ts';
import { refuseOtherFolder, settleFolders, writeFolderAtomically } from './write-folder.ts';

/** What Windows would do while a file in the folder is open. */
const world = vi.hoisted(() => ({ refuses: null as 'rename' | 'rm' | null }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const busy = () => Promise.reject(Object.assign(new Error('EBUSY'), { code: 'EBUSY' }));
  return {
    ...real,
    rename: (...given: Parameters<typeof real.rename>) => (world.refuses === 'rename' ? busy() : real.rename(...given)),
    rm: (...given: Parameters<typeof real.rm>) => (world.refuses === 'rm' ? busy() : real.rm(...given)),
  };
});

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'write-folder-'));
  target = path.join(folder, 'target');
});
afterEach(async () => {
  world.refuses = null;
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function fill(...names: string[]): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of names) await writeFile(path.join(target, name), name);
}

describe('a folder written as a whole', () => {
  it('takes the place of the old one and leaves nothing beside it', async () => {
    await fill('old');
    await writeFolderAtomically(target, (aside) => writeFile(path.join(aside, 'new'), 'new'));
    expect(await readdir(target)).toEqual(['new']);
    expect(await readdir(folder)).toEqual(['target']);
  });

  it('leaves the old one when it cannot be filled', async () => {
    await fill('old');
    await expect(writeFolderAtomically(target, () => Promise.reject(new Error('no space')))).rejects.toThrow('no space');
    expect(await readFile(path.join(target, 'old'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['target']);
  });

  it('gives the old one its place back when the new one cannot take it', async () => {
    await fill('old');
    // What cannot be renamed, as on Windows while a file in it is open, is here not there at all.
    await expect(writeFolderAtomically(target, (aside) => rm(aside, { recursive: true }))).rejects.toThrow('ENOENT');
    expect(await readFile(path.join(target, 'old'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['target']);
  });
});

describe('what a killed process left of its writes', () => {
  /** The number of a process that has ended. */
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const hidden = (processId: number): string => path.join(folder, `.target.${processId}.0123abcd`);
  async function killedBetweenItsRenames(processId: number): Promise<void> {
    await fill('old');
    await rename(target, `${hidden(processId)}.replaced`);
    await mkdir(hidden(processId));
    await writeFile(path.join(hidden(processId), 'new'), 'new');
  }
  const longAgo = (place: string): Promise<void> => utimes(place, 0, 0);

  it('between taking the old folder away and putting the new one there: the new one comes to its place', async () => {
    await killedBetweenItsRenames(gone);
    expect(await settleFolders(folder)).toContain('target');
    expect(await readdir(target)).toEqual(['new']);
    expect(await readdir(folder)).toEqual(['target']);
  });

  it('the old one comes back when there is no new one', async () => {
    await killedBetweenItsRenames(gone);
    await rm(hidden(gone), { recursive: true });
    await settleFolders(folder);
    expect(await readdir(target)).toEqual(['old']);
    expect(await readdir(folder)).toEqual(['target']);
  });

  it('nothing is put over a folder that is in its place, and what nobody works on any more goes', async () => {
    await killedBetweenItsRenames(gone);
    await fill('newer');
    await longAgo(hidden(gone));
    await settleFolders(folder);
    expect(await readdir(target)).toEqual(['newer']);
    expect(await readdir(folder)).toEqual(['target']);
  });

  it('after the new one was put there: the old one goes at once, lest it come back when the new one is deleted', async () => {
    await killedBetweenItsRenames(gone);
    await rename(hidden(gone), target);
    await settleFolders(folder);
    expect(await readdir(folder)).toEqual(['target']);
    expect(await readdir(target)).toEqual(['new']);
  });

  it('what cannot come back now is kept until it can', async () => {
    await killedBetweenItsRenames(gone);
    await longAgo(hidden(gone));
    await longAgo(`${hidden(gone)}.replaced`);
    const before = await readdir(folder);
    world.refuses = 'rename';
    await settleFolders(folder);
    expect(await readdir(folder)).toEqual(before);
    world.refuses = null;
    await settleFolders(folder);
    expect(await readdir(target)).toEqual(['new']);
  });

  it('what cannot be deleted stays, and keeps nothing else from being settled', async () => {
    await killedBetweenItsRenames(gone);
    await longAgo(`${hidden(gone)}.replaced`);
    world.refuses = 'rm';
    await settleFolders(folder);
    expect(await readdir(target)).toEqual(['new']);
    expect(await readdir(folder)).toEqual([path.basename(`${hidden(gone)}.replaced`), 'target']);
  });

  it('what a process that lives may be doing now is left to it', async () => {
    await killedBetweenItsRenames(process.pid);
    await mkdir(path.join(folder, `.other.${process.pid}.0123abcd`));
    // Moved aside, a folder is as old as it was.
    await longAgo(hidden(process.pid));
    await longAgo(`${hidden(process.pid)}.replaced`);
    const before = await readdir(folder);
    await settleFolders(folder);
    expect(await readdir(folder)).toEqual(before);
  });

  it('after a minute the number of the process is that of another', async () => {
    await killedBetweenItsRenames(process.pid);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    await settleFolders(folder);
    expect(await readdir(target)).toEqual(['new']);
  });

  it('a folder on its way out is not brought back, and other hidden names are left alone', async () => {
    await mkdir(hidden(gone));
    await longAgo(hidden(gone));
    await mkdir(path.join(folder, '.git'));
    await longAgo(path.join(folder, '.git'));
    await settleFolders(folder);
    expect(await readdir(folder)).toEqual(['.git']);
    expect(await settleFolders(path.join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('replacing a folder', () => {
  it.each([[[]], [['weights']], [['weights', 'card']]])('that holds %j is allowed', async (names) => {
    await fill(...names);
    await expect(refuseOtherFolder(target, ['weights', 'card'], 'weights')).resolves.toBeUndefined();
  });

  it.each([[['.DS_Store']], [['Thumbs.db', 'desktop.ini']], [['weights', 'card', '.DS_Store']]])('that holds %j is allowed: a file manager left it', async (names) => {
    await fill(...names);
    await expect(refuseOtherFolder(target, ['weights', 'card'], 'weights')).resolves.toBeUndefined();
  });

  it('that holds a folder named as such a file is refused: a person made it', async () => {
    await mkdir(path.join(target, 'Thumbs.db'), { recursive: true });
    await expect(refuseOtherFolder(target, ['weights'])).rejects.toThrow(/holds other files \(Thumbs\.db\)/);
  });

  it('that is not there is allowed, also where its parents are still to be made', async () => {
    await expect(refuseOtherFolder(path.join(target, 'a', 'b'), ['weights'], 'weights')).resolves.toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    [['weights', 'thesis.docx'], /holds other files \(thesis\.docx\), which would be lost/],
    [['.DS_Store', '.DS_Store.docx'], /holds other files \(\.DS_Store\.docx\), which/],
    [['card', '.DS_Store'], /holds other files, which would be lost/],
    [['card'], /holds other files, which would be lost/],
  ])('that holds %j is refused', async (names, reason) => {
    await fill(...names);
    const error = await refuseOtherFolder(target, ['weights', 'card'], 'weights').catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(BadInputError);
    expect(error).toMatchObject({ message: expect.stringMatching(reason), remedy: expect.stringContaining('does not exist yet') });
  });

  it('is refused where a file stands in its place, or in a parent\'s', async () => {
    await writeFile(target, '');
    for (const place of [target, path.join(target, 'a'), path.join(target, 'a', 'b')]) {
      await expect(refuseOtherFolder(place, [])).rejects.toThrow(/cannot be written to/);
    }
  });
});
