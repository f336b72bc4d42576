import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockedError } from '../system/errors.ts';

/** Who holds a lock; `startedAt` tells a process from an earlier one that had the same number. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: number;
}

const OURSELVES: Holder = { pid: process.pid, host: hostname(), startedAt: Math.round(performance.timeOrigin) };
/** A lock whose holder cannot be asked (half-written, or on another machine) counts as left behind after this long. */
const UNKNOWN_HOLDER_MS = 60_000;
const HALF_WRITTEN_MS = 2_000;

/**
 * Runs `work` while holding a lock file, so that one process at a time writes. Waits for another holder, by default up
 * to 10 s, then throws LockedError naming it. A lock left by a process that is gone is taken over.
 */
export async function withWriteLock<Result>(file: string, work: () => Promise<Result>, waitMs = 10_000): Promise<Result> {
  await acquire(file, waitMs);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string, waitMs: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      await writeFile(file, JSON.stringify(OURSELVES), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const content = await readFile(file, 'utf8').catch(() => null);
    if (content === null) continue;
    if (await isLeftBehind(file, content)) await clear(file, content);
    else if (performance.now() >= deadline) throw lockedBy(file, content);
    else await sleep(25);
  }
}

async function isLeftBehind(file: string, content: string): Promise<boolean> {
  const age = Date.now() - (await stat(file).then((found) => found.mtimeMs, () => Date.now()));
  const holder = readHolder(content);
  if (!holder) return age > HALF_WRITTEN_MS;
  if (holder.host !== OURSELVES.host) return age > UNKNOWN_HOLDER_MS;
  if (holder.pid === OURSELVES.pid) return holder.startedAt !== OURSELVES.startedAt;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Takes the file away by renaming it; should another have taken the lock over in between, it is given back. */
async function clear(file: string, judged: string): Promise<void> {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const taken = await readFile(/* turbopackIgnore: true */ aside, 'utf8').catch(() => judged);
  if (taken !== judged) await writeFile(file, taken, { flag: 'wx' }).catch(() => undefined);
  await rm(aside, { force: true });
}

function readHolder(content: string): Holder | null {
  try {
    const holder = JSON.parse(content) as Partial<Holder> | null;
    return typeof holder?.pid === 'number' ? { pid: holder.pid, host: holder.host ?? OURSELVES.host, startedAt: holder.startedAt ?? 0 } : null;
  } catch {
    return null;
  }
}

function lockedBy(file: string, content: string): LockedError {
  const holder = readHolder(content);
  return new LockedError(`Another process${holder ? ` (number ${holder.pid})` : ''} is writing this index; it holds ${file}.`, {
    remedy: 'Wait until it is done, then try again. If no such process runs, delete that file.',
  });
}
