import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LockedError } from '../system/errors.ts';
import { withWriteLock } from './write-lock.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const gone = () => stat(file).then(() => false, () => true);

test('one at a time, and released after success and failure', async () => {
  let inside = 0;
  const work = async () => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
  };
  await Promise.all([withWriteLock(file, work), withWriteLock(file, work), withWriteLock(file, work)]);
  await expect(withWriteLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gone()).toBe(true);
});

test('a living holder is named', async () => {
  await writeFile(file, JSON.stringify({ pid: process.ppid, host: hostname(), startedAt: 1 }));
  const error = await withWriteLock(file, async () => undefined, 60).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(LockedError);
  expect((error as LockedError).message).toContain(String(process.ppid));
  expect(await gone()).toBe(false);
});

test.each([
  ['a process that is gone', { pid: 2 ** 22 + 1, host: hostname(), startedAt: 1 }],
  ['an earlier process of our own number', { pid: process.pid, host: hostname(), startedAt: 1 }],
])('a lock of %s is taken over', async (_name, holder) => {
  await writeFile(file, JSON.stringify(holder));
  expect(await withWriteLock(file, async () => 'done', 0)).toBe('done');
});

const elsewhere = JSON.stringify({ pid: 7, host: 'another-machine', startedAt: 1 });
const silentFor = async (ms: number) => utimes(file, new Date(Date.now() - ms), new Date(Date.now() - ms));

test('a lock of another machine is taken over once it has been silent, and not before', async () => {
  await writeFile(file, elsewhere);
  await expect(withWriteLock(file, async () => undefined, 0)).rejects.toThrow(LockedError);
  await silentFor(61_000);
  expect(await withWriteLock(file, async () => 'done', 0)).toBe('done');
});

test('a holder that works for long is not silent, until it is done', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await withWriteLock(file, async () => {
      await silentFor(61_000);
      await vi.advanceTimersByTimeAsync(30_000);
      await vi.waitFor(async () => expect(Date.now() - (await stat(file)).mtimeMs).toBeLessThan(30_000), 10_000);
      expect(vi.getTimerCount()).toBe(1);
    });
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
  expect(await gone()).toBe(true);
});

test('a lock that was taken over meanwhile is neither renewed nor removed', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await withWriteLock(file, async () => {
      await writeFile(file, elsewhere);
      await silentFor(50_000);
      await vi.advanceTimersByTimeAsync(30_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(Date.now() - (await stat(file)).mtimeMs).toBeGreaterThan(40_000);
    });
  } finally {
    vi.useRealTimers();
  }
  expect(await readFile(file, 'utf8')).toBe(elsewhere);
});

test('what cannot be read in the place of a lock is an error, not an endless wait', async () => {
  await mkdir(file);
  await expect(withWriteLock(file, async () => undefined, 0)).rejects.toThrow('EISDIR');
});
