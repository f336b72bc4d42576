/** A lock that lasts as long as the process that holds it: one server per data directory, one training at a time. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isAlive } from '../system/is-alive.ts';

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one of the same number; `null` where the system does not say. */
  readonly started: string | null;
  readonly token: string;
}

export interface Lock {
  /** Whether the file is still ours: a process that slept long may have been taken for dead. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

const BEAT_MS = 10_000;
/** Holders on another machine, or in a container that is gone, cannot be asked: without a beat they count as gone. */
const SILENT_MS = 60_000;
/** While another clears away what was left behind. */
const RETRY_MS = 5;
const ATTEMPTS = 20;

/** Takes the lock, or says who holds it. What a dead process left behind is taken over. */
export async function takeLock(file: string): Promise<{ readonly lock: Lock } | { readonly holder: Holder | null }> {
  const ours: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid), token: randomBytes(8).toString('hex') };
  await mkdir(path.dirname(file), { recursive: true });
  const aside = `${file}.${ours.token}`;
  await writeFile(aside, JSON.stringify(ours));
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // A link appears whole or not at all, which an exclusive write does not.
      if (await link(aside, file).then(() => true, refuseAllBut('EEXIST'))) return { lock: held(file, ours) };
      const content = await readFile(file, 'utf8').catch(() => null);
      if (content === null) continue;
      if (!(await isLeftBehind(file, content))) return { holder: parse(content) };
      await clear(file, content);
    }
    return { holder: null };
  } finally {
    await rm(aside, { force: true });
  }
}

/** Who holds a lock now; `null` when nobody that lives does. */
export async function lockHolder(file: string): Promise<Holder | null> {
  const content = await readFile(file, 'utf8').catch(() => null);
  return content === null || (await isLeftBehind(file, content)) ? null : parse(content);
}

function held(file: string, ours: Holder): Lock {
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), BEAT_MS);
  beat.unref();
  const removeAtExit = (): void => {
    try {
      if (readFileSync(file, 'utf8').includes(ours.token)) rmSync(file, { force: true });
    } catch {
      // Gone already.
    }
  };
  process.once('exit', removeAtExit);
  const isHeld = async (): Promise<boolean> => (parse(await readFile(file, 'utf8').catch(() => ''))?.token ?? null) === ours.token;
  return {
    isHeld,
    async release() {
      clearInterval(beat);
      process.off('exit', removeAtExit);
      if (await isHeld()) await rm(file, { force: true });
    },
  };
}

async function isLeftBehind(file: string, content: string): Promise<boolean> {
  const holder = parse(content);
  if (!holder) return true;
  const silentMs = await stat(file).then((found) => Date.now() - found.mtimeMs, () => null);
  if (holder.host !== hostname()) return silentMs === null || silentMs > SILENT_MS;
  // Left before the machine last started: whoever has the number now is another. A clock that was set right a little is allowed for.
  if (silentMs !== null && silentMs > uptime() * 1000 + SILENT_MS) return true;
  if (!isAlive(holder.pid)) return true;
  const started = startOf(holder.pid);
  return holder.started !== null && started !== null && holder.started !== started;
}

/** When a process began, in the kernel's ticks: field 22 of /proc/PID/stat, counted after the name in brackets. */
function startOf(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/**
 * Takes away the file that was judged to be left behind, and no other: only one at a time may remove that very content, which its
 * token makes unique, and only while it is still there.
 */
async function clear(file: string, judged: string): Promise<void> {
  const claim = `${file}.${createHash('sha256').update(judged).digest('hex').slice(0, 16)}`;
  if (!(await writeFile(claim, '', { flag: 'wx' }).then(() => true, refuseAllBut('EEXIST')))) {
    const since = await stat(/* turbopackIgnore: true */ claim).then((found) => found.mtimeMs, () => Date.now());
    if (Date.now() - since > SILENT_MS) await rm(claim, { force: true }); // Whoever made it died that moment.
    await setTimeout(RETRY_MS);
    return;
  }
  const present = await readFile(/* turbopackIgnore: true */ file, 'utf8').catch(() => null);
  if (present === judged) await rm(file, { force: true });
  await rm(claim, { force: true });
}

function parse(content: string): Holder | null {
  try {
    const holder = JSON.parse(content) as Holder | null;
    return typeof holder?.pid === 'number' ? holder : null;
  } catch {
    return null;
  }
}

const refuseAllBut = (code: string) => (error: NodeJS.ErrnoException): false => {
  if (error.code === code) return false;
  throw error;
};
