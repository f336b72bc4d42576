import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent, TrainingSettings } from '../messages/training.ts';
import { TrainingManager } from './manager.ts';
import { eventsFile, newRunId, runFolder, trainingDirectory, type RunRecord } from './run-folder.ts';
import { trainingProcesses } from './process.ts';
import { event, fakeProcesses, finished, step, training } from './testing/fake-process.ts';

const settings: TrainingSettings = { rank: 4, alpha: 8, layers: 2, epochs: 1, batchSize: 2, learningRate: 1e-3, seed: 1, maximumTokens: 64, tooLong: 'refuse', reach: 'answers', beneath: 'none', passages: 0 };
const record = (name: string, startedBy = ''): RunRecord =>
  ({ id: newRunId(), name, workspace: 'w', startedBy, replace: false, settings, createdAt: new Date().toISOString(), examples: { train: 1, heldOut: 0 } });

let folder: string;
let managers: TrainingManager[];
const open = (start = fakeProcesses().start, patienceMs = 1000): TrainingManager => {
  const manager = new TrainingManager({ start, patienceMs });
  managers.push(manager);
  return manager;
};
/** A server that goes away without a word: the next one finds its files and its stale lock. */
const abandon = (): Promise<void> =>
  writeFile(path.join(trainingDirectory(), 'server.lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: null, token: 'gone' }));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trainings-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
  managers = [];
});
afterEach(async () => {
  await Promise.all(managers.map((manager) => manager.close()));
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('the trainings of a server', () => {
  it('run one at a time; who comes second is told who is first', async () => {
    const { start, started } = fakeProcesses();
    const manager = open(start);
    const first = await manager.create(record('one', 'Ani'), []);
    const second = await manager.create(record('two', 'Budi'), []);
    const third = await manager.create(record('three'), []);
    expect(first).toMatchObject({ state: 'preparing', queue: null });
    expect(second).toMatchObject({ state: 'queued', queue: { position: 1, behind: { id: first.id, name: 'one', startedBy: 'Ani' } } });
    expect(third.queue?.position).toBe(2);

    started[0].say(training(1), step(1), finished('one'));
    await started[0].exit();
    await vi.waitFor(() => expect(started.map((process) => process.folder)).toEqual([runFolder(first.id), runFolder(second.id)]));
    expect((await manager.list()).map(({ name, state, queue }) => [name, state, queue?.position ?? null])).toEqual([['three', 'queued', 1], ['two', 'preparing', null], ['one', 'finished', null]]);
    expect((await manager.detail(third.id)).queue?.behind?.startedBy).toBe('Budi');
  });

  it('can be paused, which lets the next one run, and resumed', async () => {
    const { start, started } = fakeProcesses();
    const manager = open(start);
    const { id } = await manager.create(record('one'), []);
    const next = await manager.create(record('two'), []);
    started[0].say(training(4), step(1));
    expect(await manager.pause(id)).toMatchObject({ state: 'paused', resumable: true, progress: { step: 1 } });
    expect((await manager.detail(next.id)).state).toBe('preparing');
    expect((await manager.resume(id)).queue?.position).toBe(1);
    await manager.stop(next.id);
    expect((await manager.detail(id)).state).toBe('preparing');
    expect(started).toHaveLength(3);
  });

  it('can be stopped in every state, and an end is an end', async () => {
    const { start, started } = fakeProcesses();
    const manager = open(start);
    const [one, two] = [await manager.create(record('one'), []), await manager.create(record('two'), [])];
    expect((await manager.stop(two.id)).state).toBe('stopped');
    started[0].say(training(4));
    await manager.pause(one.id);
    expect((await manager.stop(one.id)).state).toBe('stopped');
    await expect(manager.pause(one.id)).rejects.toThrow(/cannot be paused: it is stopped/);
    await expect(manager.stop('run-00000000')).rejects.toThrow(/no training "run-00000000"/);
  });

  it('are ended when they do not obey', async () => {
    const { start, started } = fakeProcesses();
    const deaf: typeof start = (...given) => ({ ...start(...given), send: () => {} });
    const manager = open(deaf, 30);
    const { id } = await manager.create(record('one'), []);
    started[0].say(training(4), step(1));
    expect((await manager.stop(id)).state).toBe('stopped');
    expect(started[0].killed).toBe(true);
  });

  it('go on when their process dies, but not for ever', async () => {
    const { start, started } = fakeProcesses();
    const manager = open(start);
    const { id } = await manager.create(record('one'), []);
    started[0].say(training(9), step(1), { type: 'saved', step: 1 });
    await started[0].exit('signal SIGKILL');
    await vi.waitFor(() => expect(started).toHaveLength(2), 3000);
    await started[1].exit('signal SIGKILL');
    await vi.waitFor(() => expect(started).toHaveLength(3), 3000);
    await started[2].exit('code 134', 'Out of\nmemory\n');
    await vi.waitFor(async () => expect((await manager.detail(id)).state).toBe('failed'), 3000);
    expect(await manager.detail(id)).toMatchObject({ resumable: true, progress: { step: 1 }, problem: { message: 'The training process ended 3 times in a row (code 134). memory' } });
  });

  it('fail, and let the next one run, when their process cannot be started', async () => {
    const { start, started } = fakeProcesses();
    const full = Object.assign(new Error('spawn EMFILE'), { code: 'EMFILE' });
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    let attempts = 0;
    const manager = open((...given) => {
      if (++attempts === 1) throw full;
      return start(...given);
    });
    const [one, two] = [await manager.create(record('one'), []), await manager.create(record('two'), [])];
    await vi.waitFor(() => expect(started).toHaveLength(1));
    expect(await manager.detail(one.id)).toMatchObject({ state: 'failed', resumable: true, problem: { message: 'spawn EMFILE' } });
    expect(told).toHaveBeenCalledWith(full);
    told.mockRestore();
    expect((await manager.detail(two.id)).state).toBe('preparing');
    await manager.resume(one.id);
    expect((await manager.detail(one.id)).state).toBe('queued');
  });

  it('are not resumed when another adapter has got their name, unless they may replace it', async () => {
    const manager = open();
    const [one, two] = [await manager.create(record('one'), []), await manager.create({ ...record('one'), replace: true }, [])];
    await manager.pause(one.id);
    await manager.pause(two.id);
    await mkdir(path.join(folder, 'adapters', 'one'), { recursive: true });
    await writeFile(path.join(folder, 'adapters', 'one', 'adapter_model.safetensors'), '');
    await expect(manager.resume(one.id)).rejects.toThrow(/another adapter "one" by now/);
    expect((await manager.detail(one.id)).state).toBe('paused');
    expect((await manager.resume(two.id)).state).toBe('preparing');
  });

  it('are resumed once, however many ask at the same moment', async () => {
    const { start, started } = fakeProcesses();
    const manager = open(start);
    for (const [index, end] of (['pause', 'stop'] as const).entries()) {
      const { id } = await manager.create(record(end), []);
      await manager[end](id);
      const asked = await Promise.allSettled([manager.resume(id), manager.resume(id)]);
      expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await manager.detail(id)).toMatchObject({ state: 'preparing', queue: null });
      started.at(-1)!.say(training(1), step(1), finished(end));
      await started.at(-1)!.exit();
      expect(started).toHaveLength(2 * (index + 1));
      const events = (await readFile(eventsFile(runFolder(id)), 'utf8')).trim().split('\n').map((line) => (JSON.parse(line) as RunEvent).sequence);
      expect(events).toEqual(events.map((_, position) => position + 1));
    }
  });

  it('are gone when deleted, also the one that runs', async () => {
    const { start, started } = fakeProcesses();
    const manager = open(start);
    const [one, two] = [await manager.create(record('one'), []), await manager.create(record('two'), [])];
    await manager.remove(one.id);
    expect(started[0].killed).toBe(true);
    expect((await readdir(trainingDirectory())).filter((name) => name.startsWith('run-'))).toEqual([two.id]);
    expect((await manager.detail(two.id)).state).toBe('preparing');
    await expect(manager.detail(one.id)).rejects.toThrow(/no training/);
  });
});

describe('following a run', () => {
  async function collect(events: AsyncGenerator<RunEvent>): Promise<string[]> {
    const types: string[] = [];
    for await (const { sequence, type } of events) types.push(`${sequence} ${type}`);
    return types;
  }

  it('tells what was, then what comes, and ends with the run', async () => {
    const { start, started } = fakeProcesses();
    const manager = open(start);
    const { id } = await manager.create(record('one'), []);
    started[0].say(training(2), step(1));
    const [whole, rest] = [0, 2].map(async (after) => collect(await manager.events(id, after, new AbortController().signal)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    started[0].say(step(2), finished('one'));
    expect(await whole).toEqual(['1 run-preparing', '2 run-training', '3 step-taken', '4 step-taken', '5 run-finished']);
    expect(await rest).toEqual(['3 step-taken', '4 step-taken', '5 run-finished']);
    expect(await collect(await manager.events(id, 5, new AbortController().signal))).toEqual([]);
  });

  it('ends when the reader leaves', async () => {
    const manager = open();
    const { id } = await manager.create(record('one'), []);
    const reader = new AbortController();
    const events = collect(await manager.events(id, 0, reader.signal));
    await new Promise((resolve) => setTimeout(resolve, 20));
    reader.abort();
    expect(await events).toEqual(['1 run-preparing']);
  });
});

describe('a server that comes after another', () => {
  it('goes on with the run that was at work, then with those that waited', async () => {
    const before = fakeProcesses();
    const manager = open(before.start);
    const [one, two, three] = [await manager.create(record('one'), []), await manager.create(record('two'), []), await manager.create(record('three'), [])];
    before.started[0].say(training(4), step(1));
    await manager.pause(one.id);
    before.started[1].say(training(4), step(1));
    await manager.resume(one.id);
    // Cut short by the crash.
    await appendFile(eventsFile(runFolder(two.id)), '{"type":"step-ta');
    await abandon();

    const after = fakeProcesses();
    const next = open(after.start);
    await next.open();
    expect(after.started.map((process) => process.folder)).toEqual([runFolder(two.id)]);
    expect((await next.list()).map(({ name, state }) => [name, state])).toEqual([['three', 'queued'], ['two', 'preparing'], ['one', 'queued']]);
    after.started[0].say(training(4, 1), step(2), finished('two'));
    await after.started[0].exit();
    expect((await next.detail(two.id)).losses.map((point) => point.step)).toEqual([1, 2]);
    expect(three.id).not.toBe(one.id);
  });

  it('leaves paused runs paused', async () => {
    const manager = open();
    const { id } = await manager.create(record('one'), []);
    await manager.pause(id);
    await abandon();
    const after = fakeProcesses();
    const next = open(after.start);
    expect((await next.detail(id)).state).toBe('paused');
    expect(after.started).toHaveLength(0);
    await next.resume(id);
    expect(after.started).toHaveLength(1);
  });

  it('may look, but not touch, while the other one lives', async () => {
    const { id } = await open().create(record('one'), []);
    const second = open();
    expect(await second.list()).toMatchObject([{ id, state: 'preparing' }]);
    await expect(second.create(record('two'), [])).rejects.toThrow(/Another server \(process \d+\) runs the trainings/);
    await expect(second.stop(id)).rejects.toThrow(/Another server/);
  });
});

it('hears of a process that could not be started', async () => {
  vi.stubEnv('PROJECT_ROOT', path.join(folder, 'nowhere'));
  const { exited, send } = trainingProcesses('nothing.ts')(folder, () => {});
  send({ type: 'stop' });
  expect(await exited).toMatchObject({ how: expect.stringContaining('ENOENT') });
});

it('tells a failure as it was told', async () => {
  const { start, started } = fakeProcesses();
  const manager = open(start);
  const { id } = await manager.create(record('one'), []);
  const problem = { code: 'disk-full', message: 'The disk is full.' };
  started[0].say(training(2), step(1), event({ type: 'run-failed', problem, resumable: true }));
  await started[0].exit();
  expect(await manager.detail(id)).toMatchObject({ state: 'failed', problem, resumable: true });
  expect(started).toHaveLength(1);
  await manager.resume(id);
  expect(await manager.detail(id)).toMatchObject({ state: 'preparing', problem: null });
});
