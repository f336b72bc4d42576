import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, uptime } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockHolder, takeLock } from './lock.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

const leave = (holder: object): Promise<void> => writeFile(file, JSON.stringify({ pid: 1, host: hostname(), started: null, token: 't', ...holder }));

describe('a lock', () => {
  it('is held by one at a time and leaves nothing behind', async () => {
    const first = await takeLock(file);
    expect(first).toHaveProperty('lock');
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.pid } });
    if ('lock' in first) {
      expect(await first.lock.isHeld()).toBe(true);
      await first.lock.release();
    }
    expect(await readdir(folder)).toEqual([]);
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('goes to one of many that want it at once', async () => {
    // Often, because it takes an unlucky order for two to get it.
    for (let round = 0; round < 40; round++) {
      await leave({ pid: 2 ** 22 + 1, token: `t${round}` });
      const taken = await Promise.all(Array.from({ length: 8 }, () => takeLock(file)));
      const locks = taken.flatMap((result) => ('lock' in result ? [result.lock] : []));
      expect(locks).toHaveLength(1);
      await locks[0].release();
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await leave({ pid: child.pid });
    expect(await lockHolder(file)).toMatchObject({ pid: child.pid });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await lockHolder(file)).toBeNull();
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it.runIf(process.platform === 'linux')('is taken over when the number belongs to another process by now', async () => {
    await leave({ pid: process.pid, started: '1' });
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('is taken over when it was left before the machine started, whoever has the number now', async () => {
    const startedAt = Date.now() - uptime() * 1000;
    await leave({ pid: process.pid });
    await utimes(file, new Date(), new Date(startedAt + 1000));
    expect(await takeLock(file)).toMatchObject({ holder: { pid: process.pid } });
    await utimes(file, new Date(), new Date(startedAt - 120_000));
    expect(await lockHolder(file)).toBeNull();
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('is taken over from another machine only when that has been silent', async () => {
    await leave({ host: 'elsewhere' });
    expect(await takeLock(file)).toMatchObject({ holder: { host: 'elsewhere' } });
    await utimes(file, new Date(), new Date(Date.now() - 120_000));
    expect(await takeLock(file)).toHaveProperty('lock');
  });

  it('is known to be lost by the one it was taken from', async () => {
    const taken = await takeLock(file);
    await leave({ pid: process.pid });
    expect('lock' in taken && (await taken.lock.isHeld())).toBe(false);
  });
});
