import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockedError } from '../system/errors.ts';
import { isAlive } from '../system/is-alive.ts';

/** Who holds a lock; `startedAt` tells a process from an earlier one that had the same number, `hold` one lock from the next one of the same process. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: number;
  readonly hold?: string;
}

const OURSELVES: Holder = { pid: process.pid, host: hostname(), startedAt: Math.round(performance.timeOrigin) };
/** A holder on another machine cannot be asked; it counts as gone when it has been silent for this long. */
const UNKNOWN_HOLDER_MS = 60_000;
/** How often a holder says that it is still at work: several beats may be late, or the clocks of two machines differ. */
const BEAT_MS = 10_000;
const HALF_WRITTEN_MS = 2_000;

/**
 * Runs `work` while holding a lock file, so that one process at a time writes. Waits for another holder, by default up
 * to 10 s, then throws LockedError naming it. A lock left by a process that is gone is taken over.
 */
export async function withWriteLock<Result>(file: string, work: () => Promise<Result>, waitMs = 10_000): Promise<Result> {
  const ours = await acquire(file, waitMs);
  const beat = setInterval(() => void renew(file, ours).catch(() => undefined), BEAT_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    // A machine that slept may find the lock another's by now. One that has no file handle left cannot look, and must let go all the same.
    if ((await contentOf(file).catch(() => ours)) === ours) await rm(file, { force: true });
  }
}

/** What the lock file then holds. */
async function acquire(file: string, waitMs: number): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const ours = JSON.stringify({ ...OURSELVES, hold: randomBytes(8).toString('hex') } satisfies Holder);
  const deadline = performance.now() + waitMs;
  for (;;) {
    if (await create(file, ours)) return ours;
    const content = await contentOf(file);
    if (content === null) continue;
    if ((await isLeftBehind(file, content)) && (await clear(file, content))) continue;
    if (performance.now() >= deadline) throw lockedBy(file, content);
    await sleep(25);
  }
}

/** Whether there was none. A full disk takes the file and not its content: such a one goes again, for others would wait for it. */
async function create(file: string, content: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await handle.writeFile(content);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return true;
}

/** `null` when there is none. */
const contentOf = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

async function renew(file: string, ours: string): Promise<void> {
  const now = new Date();
  if ((await contentOf(file)) === ours) await utimes(file, now, now);
}

async function isLeftBehind(file: string, content: string): Promise<boolean> {
  const age = Date.now() - (await stat(file).then((found) => found.mtimeMs, () => Date.now()));
  const holder = readHolder(content);
  if (!holder) return age > HALF_WRITTEN_MS;
  if (holder.host !== OURSELVES.host) return age > UNKNOWN_HOLDER_MS;
  if (holder.pid === OURSELVES.pid) return holder.startedAt !== OURSELVES.startedAt;
  return !isAlive(holder.pid);
}

/** Takes the file away by renaming it, and tells whether that could be done; should another have taken the lock over in between, it is given back. */
async function clear(file: string, judged: string): Promise<boolean> {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
  const taken = await readFile(/* turbopackIgnore: true */ aside, 'utf8').catch(() => judged);
  if (taken !== judged) await writeFile(file, taken, { flag: 'wx' }).catch(() => undefined);
  await rm(aside, { force: true });
  return true;
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
