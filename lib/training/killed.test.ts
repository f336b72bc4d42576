/** Real processes, really killed. The model is a scripted one; steps, states, checkpoints and adapters are real. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listAdapters } from '../generate/adapters.ts';
import type { RunEvent } from '../messages/training.ts';
import { lockHolder } from '../system/file-lock.ts';
import { listAdapterViews } from './adapter-library.ts';
import { TrainingManager } from './manager.ts';
import { trainingProcesses } from './process.ts';
import { checkpointsFolder, listCheckpointSteps, listRunIds, runFolder, trainingDirectory } from './run-folder.ts';
import { startRun } from './start-run.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const settings = { epochs: 6, batchSize: 4, rank: 4, layers: 2 };
const request = { name: 'tax', workspace: 'w', settings };

let folder: string;
let managers: TrainingManager[];
let servers: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'killed-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
  vi.stubEnv('PROJECT_ROOT', ROOT);
  vi.stubEnv('SCRIPTED_STEP_MS', '20');
  [managers, servers] = [[], []];
  const rows = Array.from({ length: 20 }, (_, index) => ({ id: `e${index}`, question: `Pertanyaan ${index}?`, answer: `Jawaban ${index}.`, split: index % 5 === 4 ? 'held-out' : 'train' }));
  await mkdir(path.join(folder, 'workspaces', 'w'), { recursive: true });
  await writeFile(path.join(folder, 'workspaces', 'w', 'examples.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
});
afterEach(async () => {
  await Promise.all(managers.map((manager) => manager.close()));
  for (const server of servers) server.kill('SIGKILL');
  await vi.waitFor(async () => expect(await lockHolder(path.join(trainingDirectory(), 'training.lock'))).toBeNull(), { timeout: 90_000 });
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

function open(): TrainingManager {
  const manager = new TrainingManager({ start: trainingProcesses('lib/training/scripted-process.ts') });
  managers.push(manager);
  return manager;
}

async function finish(manager: TrainingManager, id: string, each: (event: RunEvent) => unknown = () => {}): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of await manager.events(id, 0, new AbortController().signal)) {
    events.push(event);
    each(event);
  }
  return events;
}

/** Every adapter that can be seen anywhere: whole, and what its card says. */
async function expectWhole(id: string): Promise<void> {
  const checkpoints = (await listCheckpointSteps(runFolder(id))).map((step) => path.join(checkpointsFolder(runFolder(id)), String(step)));
  for (const place of [...checkpoints, ...(await listAdapters()).filter((name) => name === 'tax').map((name) => path.join(folder, 'adapters', name))]) {
    const card = JSON.parse(await readFile(path.join(place, 'card.json'), 'utf8')) as { adapterHash: string };
    expect(createHash('sha256').update(await readFile(path.join(place, 'adapter_model.safetensors'))).digest('hex'), place).toBe(card.adapterHash);
    expect(existsSync(path.join(place, 'adapter_config.json'))).toBe(true);
  }
}

const trainer = async (): Promise<number | undefined> => (await lockHolder(path.join(trainingDirectory(), 'training.lock')))?.pid;

describe('a training whose process is killed', () => {
  it('goes on from its last state, ends as if nothing had happened, and shows nothing half-written', async () => {
    const manager = open();
    const undisturbed = await startRun(manager, request);
    await finish(manager, undisturbed.id);
    const expected = JSON.parse(await readFile(path.join(folder, 'adapters', 'tax', 'card.json'), 'utf8')) as { adapterHash: string };
    await rm(path.join(folder, 'adapters'), { recursive: true });

    const { id } = await startRun(manager, request);
    let kills = 0;
    const events = await finish(manager, id, async (event) => {
      // At moments when it writes: just after a checkpoint, and a little later each time.
      if (event.type !== 'checkpoint-written' || event.checkpoint.step < 4 * (kills + 1) || kills === 3) return;
      kills += 1;
      await sleep(7 * kills);
      const pid = await trainer();
      if (pid) process.kill(pid, 'SIGKILL');
      await expectWhole(id);
    });
    expect(kills).toBe(3);
    const resumed = events.flatMap((event) => (event.type === 'run-training' ? [event.step] : []));
    expect(resumed.length).toBeGreaterThan(2);
    expect(resumed.at(-1)).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', adapter: 'tax' });
    await expectWhole(id);
    expect(JSON.parse(await readFile(path.join(folder, 'adapters', 'tax', 'card.json'), 'utf8'))).toMatchObject({ adapterHash: expected.adapterHash });
    expect((await manager.detail(id)).losses.map(({ step }) => step)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(await readdir(checkpointsFolder(runFolder(id)))).toEqual((await listCheckpointSteps(runFolder(id))).map(String).sort());
  }, 300_000);
});

describe('a server that is killed', () => {
  it('leaves a training that saves itself and ends, and the next server goes on with it', async () => {
    const server = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'testing/server-process.ts'), JSON.stringify({ ...request, settings: { ...settings, epochs: 60 } })], { cwd: ROOT, env: process.env, stdio: 'inherit' });
    servers.push(server);
    const [id] = await vi.waitFor(async () => {
      const [run] = await listRunIds();
      expect((await listCheckpointSteps(runFolder(run))).length).toBeGreaterThan(2);
      return [run];
    }, { timeout: 180_000 });
    const pid = (await trainer())!;
    server.kill('SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 90_000 });
    expect(existsSync(path.join(runFolder(id), 'state.safetensors'))).toBe(true);
    await expectWhole(id);

    const manager = open();
    expect(await manager.list()).toMatchObject([{ id, state: 'preparing' }]);
    const reached = (await manager.detail(id)).progress.step;
    const training = await new Promise<Extract<RunEvent, { type: 'run-training' }>>((resolve) => {
      void finish(manager, id, (event) => event.type === 'run-training' && event.step > 0 && resolve(event));
    });
    // The orphan finished its step, whose event nobody heard; on a busy machine a few more before it saw that nobody listens. There are 240.
    expect(training.step - reached).toBeGreaterThanOrEqual(0);
    expect(training.step - reached).toBeLessThanOrEqual(24);
    const { state, checkpointList } = await manager.stop(id).then(() => manager.detail(id));
    expect(state).toBe('stopped');
    expect(checkpointList.map(({ step }) => step)).toEqual(await listCheckpointSteps(runFolder(id)));
    await manager.remove(id);
    expect(await listRunIds()).toEqual([]);
    expect((await listAdapterViews()).filter(({ origin }) => origin === 'own')).toEqual([]);
  }, 300_000);
});

it('pauses between two steps, frees the processor, and goes on to the end', async () => {
  const manager = open();
  const { id } = await startRun(manager, request);
  await vi.waitFor(async () => expect((await manager.detail(id)).progress.step).toBeGreaterThan(1), { timeout: 90_000 });
  const paused = await manager.pause(id);
  expect(paused).toMatchObject({ state: 'paused', resumable: true });
  expect(await trainer()).toBeUndefined();
  await manager.resume(id);
  const events = await finish(manager, id);
  expect(events.find((event) => event.type === 'run-training' && event.step > 0)).toMatchObject({ step: paused.progress.step });
  expect(events.at(-1)).toMatchObject({ type: 'run-finished' });
}, 180_000);

it('obeys at once while the model is being opened', async () => {
  vi.stubEnv('SCRIPTED_OPENING_MS', '60000');
  const manager = open();
  const { id } = await startRun(manager, request);
  await vi.waitFor(async () => expect(await trainer()).toBeDefined(), { timeout: 90_000 });
  const asked = performance.now();
  expect((await manager.pause(id)).state).toBe('paused');
  expect((await manager.stop(id)).state).toBe('stopped');
  expect(performance.now() - asked).toBeLessThan(10_000);
}, 180_000);
