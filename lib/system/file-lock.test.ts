import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, uptime } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DamagedArtifactError, LockedError } from './errors.ts';
import { lockHolder, takeLock as take, withWriteLock, type Lock } from './file-lock.ts';

/** What another system, a full disk or a long wait would do. */
const world = vi.hoisted(() => ({ noKernel: false, fullDisk: false, whileWaiting: null as (() => unknown) | null }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const readFileSync = (file: string, encoding: 'utf8') => {
    if (world.noKernel && file.startsWith('/proc/')) throw new Error('no such system');
    return real.readFileSync(file, encoding);
  };
  const writeFileSync = (file: string, content: string, options: object) => {
    real.writeFileSync(file, world.fullDisk ? '' : content, options);
    if (world.fullDisk) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
  };
  return { ...real, readFileSync, writeFileSync };
});
vi.mock('node:timers/promises', async (original) => {
  const real = await original<typeof import('node:timers/promises')>();
  return { ...real, setTimeout: (ms: number) => (world.whileWaiting && ms > 1000 ? world.whileWaiting() : real.setTimeout(ms)) };
});

let folder: string;
let file: string;
const locks: Lock[] = [];
const takeLock: typeof take = async (...given) => {
  const taken = await take(...given);
  if ('lock' in taken) locks.push(taken.lock);
  return taken;
};
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lock-'));
  file = path.join(folder, 'lock');
});
afterEach(async () => {
  Object.assign(world, { noKernel: false, fullDisk: false, whileWaiting: null });
  await rm(folder, { recursive: true, force: true });
  for (const lock of locks.splice(0)) lock.release();
  vi.useRealTimers();
});

const GONE = 2 ** 22 + 1;
const leave = (holder: object): Promise<void> => writeFile(file, JSON.stringify({ pid: 1, host: hostname(), started: null, token: 't', ...holder }));
/** As `withWriteLock` once wrote it. */
const leaveOld = (holder: object): Promise<void> => writeFile(file, JSON.stringify({ host: hostname(), startedAt: 1, ...holder }));
const silentFor = (ms: number, place = file) => utimes(place, new Date(Date.now() - ms), new Date(Date.now() - ms));
const gone = () => stat(file).then(() => false, () => true);
const beats = (): unknown => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });

describe('a lock', () => {
  it('is held by one at a time and leaves nothing behind', async () => {
    const first = await takeLock(file);
    expect(first).toHaveProperty('lock');
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.pid } });
    if ('lock' in first) {
      expect(first.lock.isHeld()).toBe(true);
      first.lock.release();
    }
    expect(await readdir(folder)).toEqual([]);
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('goes to one of many that want it at once', async () => {
    // Often, because it takes an unlucky order for two to get it.
    for (let round = 0; round < 40; round++) {
      await leave({ pid: GONE, token: `t${round}` });
      const taken = await Promise.all(Array.from({ length: 8 }, () => takeLock(file)));
      const got = taken.flatMap((result) => ('lock' in result ? [result.lock] : []));
      expect(got).toHaveLength(1);
      got[0].release();
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes to one of many processes whose holders keep dying, and is let go by one that exits', async () => {
    const args = ['--import', 'tsx', path.join(import.meta.dirname, 'lock-taker.fixture.ts'), file, '40', JSON.stringify({ pid: GONE, host: hostname() })];
    const takers = Array.from({ length: 3 }, () => spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] }));
    expect(await Promise.all(takers.map((taker) => new Promise((resolve) => taker.once('exit', resolve))))).toEqual([0, 0, 0]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is known to be lost by the one it was taken from, who neither renews nor removes it', async () => {
    beats();
    const taken = await takeLock(file);
    await leave({ pid: process.pid });
    await silentFor(50_000);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(Date.now() - (await stat(file)).mtimeMs).toBeGreaterThan(40_000);
    expect('lock' in taken && taken.lock.isHeld()).toBe(false);
    if ('lock' in taken) taken.lock.release();
    expect(await gone()).toBe(false);
  });

  it('is one still for its holder while nobody can look', async () => {
    const taken = await takeLock(file);
    await rm(file);
    await mkdir(file);
    expect('lock' in taken && taken.lock.isHeld()).toBe(true);
  });

  it('that a full disk has cut off is no lock', async () => {
    world.fullDisk = true;
    await expect(takeLock(file)).rejects.toThrow('ENOSPC');
    expect(await readdir(folder)).toEqual([]);
  });
});

const onLinux = it.runIf(process.platform === 'linux');
/** Of the process that started this one, as the kernel says it. */
const parent = async () => ({ pid: process.ppid, started: (await readFile(`/proc/${process.ppid}/stat`, 'utf8')).replace(/.*\) /s, '').split(' ')[19] });

describe('a lock is taken over', () => {
  it('from a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await leave({ pid: child.pid });
    expect(await lockHolder(file)).toMatchObject({ pid: child.pid });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await lockHolder(file)).toBeNull();
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  onLinux('when the number belongs to another process by now', async () => {
    await leave({ pid: process.pid, started: '1' });
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  onLinux('when the machine has started anew, though number and moment are the same', async () => {
    await takeLock(file);
    const holder = JSON.parse(await readFile(file, 'utf8')) as object;
    expect(await takeLock(file)).toHaveProperty('holder');
    await leave({ ...holder, boot: 'an earlier one' });
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('when it was left before the machine started, whoever has the number now', async () => {
    const startedAt = Date.now() - uptime() * 1000;
    await leave({ pid: process.pid });
    await utimes(file, new Date(), new Date(startedAt + 1000));
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.pid } });
    await utimes(file, new Date(), new Date(startedAt - 120_000));
    expect(await lockHolder(file)).toBeNull();
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('from another machine only when that has been silent', async () => {
    await leave({ host: 'elsewhere' });
    expect(await takeLock(file)).toMatchObject({ holder: { host: 'elsewhere' } });
    await silentFor(120_000);
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it.each([
    ['another process, as once written', () => leaveOld({ pid: process.ppid }), () => undefined],
    ['another process of a system that does not say when it began', () => leave({ pid: process.ppid, started: '1', startedAt: 1 }), () => (world.noKernel = true)],
  ])('when the number is that of %s, and no beat comes', async (_name, write, prepare) => {
    prepare();
    await write();
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.ppid } });
    await silentFor(61_000);
    world.whileWaiting = () => silentFor(0);
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.ppid } });
    await silentFor(61_000);
    world.whileWaiting = () => undefined;
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('from an earlier process of our number, and not from ourselves, where the system does not say when a process began', async () => {
    world.noKernel = true;
    await takeLock(file);
    await silentFor(120_000);
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.pid, started: null } });
    await leave({ pid: process.pid, startedAt: 1 });
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it.each(['', '{"pid":', 'null', '{"pid":0}', '{"pid":-1}', '{"pid":1099511627776}'])('when it reads %j, which can be no lock, but not while it may be being written', async (content) => {
    await writeFile(file, content);
    expect(await takeLock(file)).toEqual({ holder: null });
    await silentFor(10_000);
    expect(await takeLock(file)).toHaveProperty('lock');
    await writeFile(file, content);
    // The clock was set back since.
    await silentFor(-86_400_000);
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  onLinux('from nobody whom the kernel knows, whatever the clock says', async () => {
    await leave(await parent());
    await silentFor(365 * 86_400_000);
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.ppid } });
  });

  onLinux('only while it is what was judged', async () => {
    await leave({ pid: process.ppid });
    await silentFor(61_000);
    world.whileWaiting = async () => {
      await leave(await parent());
      await silentFor(61_000);
    };
    expect(await takeLock(file)).toMatchObject({ holder: await parent() });
  });

  it('by one who may take it away: not beside another that is doing so, and after that one died of it', async () => {
    await leave({ pid: GONE });
    await writeFile(`${file}.claim`, '');
    expect(await takeLock(file)).toEqual({ holder: null });
    await silentFor(61_000, `${file}.claim`);
    expect(await takeLock(file)).toHaveProperty('lock');
    expect(await readdir(folder)).toEqual(['lock']);
  });
});

describe('what cannot be read in the place of a lock', () => {
  it('is an error, not a lock that is gone', async () => {
    await mkdir(file);
    await expect(takeLock(file)).rejects.toThrow('EISDIR');
    await expect(lockHolder(file)).rejects.toThrow(DamagedArtifactError);
    expect((await stat(file)).isDirectory()).toBe(true);
  });

  it('is waited for a moment: on some systems it is only going', async () => {
    await mkdir(file);
    setTimeout(() => void rmdir(file), 20);
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('is not waited for without end when it is there and is not', async () => {
    await symlink(path.join(folder, 'nowhere'), file);
    expect(await takeLock(file)).toEqual({ holder: null });
  });
});

describe('writing under a lock', () => {
  it('is done one at a time, and the lock let go after success and failure', async () => {
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

  it('names a living holder', async () => {
    await leaveOld({ pid: process.ppid });
    const error = await withWriteLock(file, async () => undefined, 60).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LockedError);
    expect((error as LockedError).message).toContain(String(process.ppid));
    expect(await gone()).toBe(false);
  });

  it.each([
    ['a process that is gone', { pid: GONE }],
    ['an earlier process of our own number', { pid: process.pid }],
  ])('takes a lock of %s over', async (_name, holder) => {
    await leaveOld(holder);
    expect(await withWriteLock(file, async () => 'done', 0)).toBe('done');
  });

  it('takes a lock of another machine over once it has been silent, and not before', async () => {
    await leaveOld({ pid: 7, host: 'another-machine' });
    await expect(withWriteLock(file, async () => undefined, 0)).rejects.toThrow(LockedError);
    await silentFor(61_000);
    expect(await withWriteLock(file, async () => 'done', 0)).toBe('done');
  });

  it('is not silent for long, until it is done', async () => {
    beats();
    await withWriteLock(file, async () => {
      await silentFor(61_000);
      await vi.advanceTimersByTimeAsync(30_000);
      await vi.waitFor(async () => expect(Date.now() - (await stat(file)).mtimeMs).toBeLessThan(30_000), 10_000);
      expect(vi.getTimerCount()).toBe(1);
    });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    expect(await gone()).toBe(true);
  });

  it('neither renews nor removes a lock that was taken over meanwhile', async () => {
    beats();
    const elsewhere = JSON.stringify({ pid: 7, host: 'another-machine', startedAt: 1 });
    await withWriteLock(file, async () => {
      await writeFile(file, elsewhere);
      await silentFor(50_000);
      await vi.advanceTimersByTimeAsync(30_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(Date.now() - (await stat(file)).mtimeMs).toBeGreaterThan(40_000);
    });
    expect(await readFile(file, 'utf8')).toBe(elsewhere);
  });

  it('fails where what cannot be read is in the place of the lock, and does not wait without end', async () => {
    await mkdir(file);
    await expect(withWriteLock(file, async () => undefined, 0)).rejects.toThrow('EISDIR');
  });
});
