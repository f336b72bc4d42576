/** `npm run finetune` where nothing may be trained: it says why before anything is loaded. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
