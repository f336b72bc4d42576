/**
 * A lock file: one process at a time holds it, and it ends with that process. Whatever looks at the file and then acts on it does both
 * without awaiting: in between, another process may act.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DamagedArtifactError, LockedError } from './errors.ts';
import { isAlive } from './is-alive.ts';

/** What a lock file holds. Earlier versions, which may still be running, wrote some of it and read no more than they know. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's ticks since `boot`, so that no clock matters; `null` where the system does not say. */
  readonly started?: string | null;
  readonly boot?: string | null;
  /** The same in milliseconds, which every system says, but to the process alone. */
  readonly startedAt?: number;
  /** Tells one lock from the next of the same process. */
  readonly token?: string;
}

export interface Lock {
  /** Whether the file is still ours: a process that slept long may have been taken for dead. Whoever works long asks at every step. */
  isHeld(): boolean;
  release(): void;
}

const BEAT_MS = 10_000;
/** Holders that cannot be asked count as gone without a beat: several may be late, or the clocks of two machines differ. */
const SILENT_MS = 60_000;
/** Writing takes microseconds; what is no whole lock after this never will be one. */
const HALF_WRITTEN_MS = 5_000;
const RETRY_MS = 10;
/** Rounds without a clear answer: the lock comes, goes or is cleared away that moment, or Windows refuses a file that is going. */
const UNCLEAR_ROUNDS = 20;

/**
 * Takes the lock, or says who holds it (`null` where that cannot be read): at once, or after waiting for it. What a dead process left
 * behind is taken over.
 */
export async function takeLock(file: string, waitMs = 0): Promise<{ readonly lock: Lock } | { readonly holder: Holder | null }> {
  const deadline = performance.now() + waitMs;
  const ours = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid), boot: bootId(), startedAt: startedAt(), token: randomBytes(8).toString('hex') } satisfies Holder);
  await mkdir(path.dirname(file), { recursive: true });
  for (let unclear = 0; ; ) {
    let holder: Holder | null = null;
    try {
      if (create(file, ours)) return { lock: held(file, ours) };
      const content = contentOf(file);
      if (content !== null && !(await isLeftBehind(file, content))) holder = parse(content);
      else if (content !== null && clear(file, content)) continue;
    } catch (error) {
      if (unclear >= UNCLEAR_ROUNDS) throw error;
    }
    unclear = holder ? 0 : unclear + 1;
    if ((holder || unclear > UNCLEAR_ROUNDS) && performance.now() >= deadline) return { holder };
    await sleep(RETRY_MS);
  }
}

/** Who holds a lock now; `null` when nobody that lives does. */
export async function lockHolder(file: string): Promise<Holder | null> {
  const content = contentOf(file);
  return content === null || (await isLeftBehind(file, content)) ? null : parse(content);
}

/**
 * Runs `work` while holding the lock, so that one process at a time writes. Waits for another holder, then throws LockedError naming it.
 * Nobody asks `isHeld` here: only who stands still for a minute (Ctrl-Z) in the moments this takes, where no kernel says when it began, writes beside another.
 */
export async function withWriteLock<Result>(file: string, work: () => Promise<Result>, waitMs = 10_000): Promise<Result> {
  const taken = await takeLock(file, waitMs);
  if (!('lock' in taken)) {
    throw new LockedError(`Another process${taken.holder ? ` (number ${taken.holder.pid})` : ''} is writing here; it holds ${file}.`, {
      remedy: 'Wait until it is done, then try again. If no such process runs, delete that file.',
    });
  }
  try {
    return await work();
  } finally {
    taken.lock.release();
  }
}

function held(file: string, ours: string): Lock {
  const isHeld = (): boolean => {
    try {
      return contentOf(file) === ours;
    } catch {
      return true; // Without a file handle left nobody can look. The lock is kept, and let go, all the same.
    }
  };
  const letGo = (): void => {
    if (isHeld()) rmSync(file, { force: true });
  };
  const renew = (): void => {
    if (isHeld()) utimesSync(file, new Date(), new Date());
  };
  // The next beat may do; and at the exit others see that we are gone.
  const letGoAtExit = quietly(letGo);
  const beat = setInterval(quietly(renew), BEAT_MS).unref();
  process.once('exit', letGoAtExit);
  return {
    isHeld,
    release() {
      clearInterval(beat);
      process.off('exit', letGoAtExit);
      letGo();
    },
  };
}

const quietly = (act: () => void) => (): void => {
  try {
    act();
  } catch {
    // As said where it is used.
  }
};

/** Whether there was none. Written in one call and not aside, so that one who dies leaves no files about and no file system must know links. */
function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // A full disk takes the file and not its content: such a one goes again, for others would wait for it.
    if (syscall !== 'open') rmSync(file, { force: true });
    throw error;
  }
}

/** Takes away what was judged to be left behind, and nothing else: one process at a time may, while the file is what was judged. Whether it could. */
function clear(file: string, judged: string): boolean {
  const claim = `${file}.claim`;
  if (!create(claim, '')) {
    if (silenceOf(claim) > SILENT_MS) rmSync(claim, { force: true }); // Whoever made it died that moment.
    return false;
  }
  try {
    if (contentOf(file) === judged) rmSync(file, { force: true });
  } finally {
    rmSync(claim, { force: true });
  }
  return true;
}

async function isLeftBehind(file: string, content: string): Promise<boolean> {
  const holder = parse(content);
  // Made before the clock was set back, it would seem to be of tomorrow.
  if (!holder) return Math.abs(silenceOf(file)) > HALF_WRITTEN_MS;
  if (holder.host !== hostname()) return silenceOf(file) > SILENT_MS;
  if (!isAlive(holder.pid)) return true;
  const started = startOf(holder.pid);
  if (differ(holder.boot, bootId()) || differ(holder.started, started)) return true;
  if (holder.started && started) return false;
  if (holder.pid === process.pid) {
    // Left before the machine last started, it is of another. A clock that was set right a little is allowed for.
    return holder.startedAt === undefined ? silenceOf(file) > uptime() * 1000 + SILENT_MS : holder.startedAt !== startedAt();
  }
  // Only beats tell the holder from one that has its number by now. After a machine's sleep the next beat has to be waited for.
  if (silenceOf(file) <= SILENT_MS) return false;
  await sleep(1.5 * BEAT_MS);
  return silenceOf(file) > SILENT_MS;
}

/** As far as both are known. */
const differ = (said: string | null | undefined, found: string | null): boolean => Boolean(said && found && said !== found);

/** Since the last beat, in milliseconds; 0 when there is no file. */
const silenceOf = (file: string): number => Date.now() - (statSync(/* turbopackIgnore: true */ file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());

const startedAt = (): number => Math.round(performance.timeOrigin);

const bootId = (): string | null => kernelSays('/proc/sys/kernel/random/boot_id')?.trim() ?? null;

/** Field 22 of /proc/PID/stat, counted after the name in brackets. */
function startOf(pid: number): string | null {
  const status = kernelSays(`/proc/${pid}/stat`);
  return status?.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function kernelSays(file: string): string | null {
  try {
    return readFileSync(/* turbopackIgnore: true */ file, 'utf8');
  } catch {
    return null;
  }
}

/** `null` when there is none. */
function contentOf(file: string): string | null {
  try {
    return readFileSync(/* turbopackIgnore: true */ file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DamagedArtifactError(`The lock ${file} cannot be read: ${(cause as Error).message}.`, { cause, remedy: 'Try again; if it stays so and no other process runs, delete it.' });
  }
}

/** `null` for what is no whole lock. Other numbers than those of one process would ask after many, or none. */
function parse(content: string): Holder | null {
  try {
    const holder = JSON.parse(content) as Holder | null;
    return holder && holder.pid > 0 && holder.pid === (holder.pid | 0) ? { ...holder, host: holder.host ?? hostname() } : null;
  } catch {
    return null;
  }
}
