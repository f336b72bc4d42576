import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
