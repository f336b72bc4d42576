/** `npm run finetune` where nothing may be trained: it says why before anything is loaded. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FineTuneEvent, FineTuneJob } from '../finetune/fine-tune.ts';
import { LockedError } from '../system/errors.ts';
import { takeLock } from '../system/file-lock.ts';
import { trainingLock } from '../training/run-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'finetune-'));
  vi.stubEnv('DATA_DIRECTORY', path.join(folder, 'data'));
  await writeFile(path.join(folder, 'examples.jsonl'), '{"question":"Apa?","answer":"Ini."}\n');
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

function finetune(...args: string[]) {
  const command = [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'lib/cli/finetune.ts', '--examples', path.join(folder, 'examples.jsonl'), '--name', 'tax', ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', timeout: 120_000 });
}

it('trains beside no other training of the data directory, and says whose that is', async () => {
  const taken = await takeLock(trainingLock());
  const { status, stderr } = finetune();
  expect(stderr).toContain(`Another training (process ${process.pid}`);
  expect(stderr).toContain('DATA_DIRECTORY');
  expect(status).toBe(1);
  if ('lock' in taken) taken.lock.release();
}, 120_000);

it('does not put the adapter in the place of other files, and lets the next training begin', async () => {
  const output = path.join(folder, 'output');
  await mkdir(path.join(output, 'tax'), { recursive: true });
  await writeFile(path.join(output, 'tax', 'notes.md'), '');
  const { status, stderr } = finetune('--output', output);
  expect(stderr).toMatch(/tax holds other files \(notes\.md\), which would be lost/);
  expect(status).toBe(1);
  expect(await readdir(path.join(output, 'tax'))).toEqual(['notes.md']);
  expect(await takeLock(trainingLock())).toHaveProperty('lock');
}, 120_000);

it('does not put the adapter in the place of one whose name is in other letters, as some disks would', async () => {
  const other = path.join(folder, 'data', 'adapters', 'Tax');
  await mkdir(other, { recursive: true });
  await writeFile(path.join(other, 'adapter_model.safetensors'), '');
  const { status, stderr } = finetune();
  expect(stderr).toContain('There is an adapter "Tax" already');
  expect(status).toBe(1);
  expect(await readdir(path.dirname(other))).toEqual(['Tax']);
}, 120_000);

it('says that a checkpoint of before will be replaced', async () => {
  await mkdir(path.join(folder, 'data', 'checkpoints'), { recursive: true });
  await writeFile(path.join(folder, 'data', 'checkpoints', 'tax.safetensors'), '');
  await mkdir(path.join(folder, 'output', 'tax', 'kept'), { recursive: true });
  const { stderr } = finetune('--output', path.join(folder, 'output'));
  expect(stderr).toContain('An earlier training "tax" was interrupted.');
}, 120_000);

it('ends at its next step, and writes no adapter, when another training took its place while it stood still', async () => {
  const moments: string[] = [];
  let command!: (signal: AbortSignal) => Promise<unknown>;
  vi.doMock('./arguments.ts', async (original) => ({ ...(await original<object>()), runCommand: (_usage: string, given: typeof command) => void (command = given) }));
  vi.doMock('./held-out.ts', () => ({ answerHeldOut: null }));
  vi.doMock('../finetune/fine-tune.ts', () => ({
    checkpointFile: () => path.join(folder, 'none'),
    async *fineTune({ mayWrite }: FineTuneJob): AsyncGenerator<FineTuneEvent> {
      yield { type: 'checkpoint', step: 1 };
      await mayWrite?.('');
      moments.push('still its own');
      await writeFile(trainingLock(), JSON.stringify({ pid: 7, host: 'another-machine' }));
      await mayWrite?.('').catch((error: unknown) => moments.push((error as Error).name));
      yield { type: 'checkpoint', step: 2 };
      moments.push('another step');
    },
  }));
  vi.spyOn(process, 'argv', 'get').mockReturnValue([process.execPath, 'finetune', '--examples', path.join(folder, 'examples.jsonl'), '--name', 'tax']);
  await import('./finetune.ts');
  const error = await command(new AbortController().signal).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LockedError);
  expect(error).toMatchObject({ remedy: expect.stringContaining('--resume') });
  expect(moments).toEqual(['still its own', 'LockedError']);
});
