import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../finetune/settings.ts';
import { act } from './act.ts';
import { eventStream, lastSeen } from './event-stream.ts';
import { TrainingManager } from './manager.ts';
import { completeSettings, settingDefinitions, trainerSettings } from './settings.ts';
import { startRun } from './start-run.ts';
import { fakeProcesses, finished, step, training } from './testing/fake-process.ts';

let folder: string;
let manager: TrainingManager;
let processes: ReturnType<typeof fakeProcesses>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'requests-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
  await workspace('w', [{ question: 'A?', answer: '1' }, { question: 'B?', answer: '2', split: 'held-out' }]);
  processes = fakeProcesses();
  manager = new TrainingManager({ start: processes.start });
});
afterEach(async () => {
  await manager.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function workspace(name: string, rows: readonly object[]): Promise<void> {
  await mkdir(path.join(folder, 'workspaces', name), { recursive: true });
  await writeFile(path.join(folder, 'workspaces', name, 'examples.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
}

describe('asking for a training', () => {
  it('starts one with the defaults where nothing else is said', async () => {
    const { id, state } = await startRun(manager, { name: 'tax', workspace: 'w', settings: { epochs: 2 }, startedBy: 'Ani' });
    expect(state).toBe('preparing');
    const { settings, examples, startedBy } = await manager.detail(id);
    expect(settings).toMatchObject({ epochs: 2, rank: DEFAULT_SETTINGS.rank, tooLong: 'refuse' });
    expect({ examples, startedBy }).toEqual({ examples: { train: 1, heldOut: 1 }, startedBy: 'Ani' });
  });

  it.each([
    ['no name', { workspace: 'w' }, /name: /],
    ['a name that is a path', { name: '../x', workspace: 'w' }, /"\.\.\/x" is no adapter name/],
    ['a name that is taken', { name: 'pajak', workspace: 'w' }, /There is an adapter "pajak" already; it came with the project/],
    ['an unknown workspace', { name: 'x', workspace: 'nowhere' }, /No workspace "nowhere"/],
    ['an unknown setting', { name: 'x', workspace: 'w', settings: { speed: 1 } }, /"speed" is no setting/],
    ['a setting out of its limits', { name: 'x', workspace: 'w', settings: { rank: 0 } }, /"rank" is a whole number from 1 to 64/],
    ['half an epoch', { name: 'x', workspace: 'w', settings: { epochs: 1.5 } }, /"epochs" is a whole number/],
    ['an unknown choice', { name: 'x', workspace: 'w', settings: { tooLong: 'ignore' } }, /"tooLong" is one of refuse, cut, skip/],
    ['anything but an object', 'train', /cannot be started/],
  ])('refuses %s', async (_, body, reason) => {
    await expect(startRun(manager, body)).rejects.toThrow(reason);
    expect(await manager.list()).toEqual([]);
  });

  it.each([
    ['only held-out examples', [{ question: 'A?', answer: '1', split: 'held-out' }], /has no example to train on/],
    ['a held-out question that is trained', [{ question: 'A?', answer: '1' }, { question: 'a', answer: '1', split: 'held-out' }], /held-out question "a" is also trained/],
    ['a question twice', [{ question: 'A?', answer: '1' }, { question: 'a', answer: '2' }], /"a" stands there already, with the answer "1"/],
    ['no answer', [{ question: 'A?' }], /answer/],
  ])('refuses a workspace with %s', async (_, rows, reason) => {
    await workspace('bad', rows);
    await expect(startRun(manager, { name: 'x', workspace: 'bad' })).rejects.toThrow(reason);
  });

  it('refuses the name of one that is under way, unless it may be replaced', async () => {
    await startRun(manager, { name: 'tax', workspace: 'w' });
    await expect(startRun(manager, { name: 'tax', workspace: 'w' })).rejects.toMatchObject({ message: expect.stringContaining('"tax" is under way already'), detail: { id: 'training-under-way', facts: { name: 'tax' } } });
    expect(await startRun(manager, { name: 'tax', workspace: 'w', replace: true })).toMatchObject({ state: 'queued' });
    const alike = startRun(manager, { name: 'TAX', workspace: 'w', replace: true });
    await expect(alike).rejects.toMatchObject({ message: expect.stringContaining('"tax" is under way already'), remedy: 'Choose another name.', detail: { facts: { name: 'tax' } } });
  });
});

describe('the settings of a training', () => {
  it('have defaults within their limits, a reason in both languages, and reach the trainer', () => {
    for (const definition of settingDefinitions()) {
      expect(definition.reason.id && definition.reason.en, definition.key).toBeTruthy();
      if (definition.kind === 'number') expect(definition.default, definition.key).toBeGreaterThanOrEqual(definition.least);
      if (definition.kind === 'number') expect(definition.default, definition.key).toBeLessThanOrEqual(definition.most);
    }
    const { beneath: _beneath, passages: _passages, ...all } = completeSettings({ tooLong: 'cut', rank: 3 });
    expect(trainerSettings(completeSettings({ tooLong: 'cut', rank: 3 }))).toEqual({ ...DEFAULT_SETTINGS, ...all });
  });
});

describe('telling a run what to do', () => {
  it('knows its actions and refuses others', async () => {
    const { id } = await startRun(manager, { name: 'tax', workspace: 'w' });
    processes.started[0].say(training(4), step(1));
    expect(await act(manager, id, { action: 'pause' })).toMatchObject({ state: 'paused' });
    expect(await act(manager, id, { action: 'resume' })).toMatchObject({ state: 'preparing' });
    await expect(act(manager, id, { action: 'explode' })).rejects.toThrow(/nothing a training can be told/);
    await expect(act(manager, id, { action: 'keep', step: 1, name: 'x' })).rejects.toThrow(/has no checkpoint of step 1/);
    await expect(act(manager, '../../etc', { action: 'keep', step: 1, name: 'x' })).rejects.toThrow(/There is no training/);
    expect(await act(manager, id, { action: 'stop' })).toMatchObject({ state: 'stopped' });
  });
});

describe('the stream of events', () => {
  const ask = (address: string, headers: Record<string, string> = {}): Request => new Request(`http://localhost${address}`, { headers });

  it('goes on after what the reader has', () => {
    expect(lastSeen(ask('/x?after=7'))).toBe(7);
    expect(lastSeen(ask('/x?after=7', { 'last-event-id': '12' }))).toBe(12);
    expect(lastSeen(ask('/x?after=-1'))).toBe(0);
    expect(lastSeen(ask('/x?after=1e99'))).toBe(0);
  });

  it('numbers its events, ends with the run, and has nothing more then', async () => {
    const { id } = await startRun(manager, { name: 'tax', workspace: 'w' });
    const events = async (after: number) => eventStream(await manager.events(id, after, new AbortController().signal), () => {});
    const response = await events(0);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    processes.started[0].say(training(1), step(1), finished('tax'));
    const text = await response.text();
    expect([...text.matchAll(/^id: (\d+)\ndata: \{"type":"([\w-]+)"/gm)].map(([, number, type]) => `${number} ${type}`)).toEqual(['1 run-preparing', '2 run-training', '3 step-taken', '4 run-finished']);
    expect((await events(4)).status).toBe(204);
  });

  it('falls silent when its events cannot be read any more', async () => {
    vi.useFakeTimers();
    try {
      const unreadable = (async function* (): AsyncGenerator<never> {
        await new Promise((resolve) => setTimeout(resolve, 100));
        throw new Error('too many open files');
      })();
      const answering = eventStream(unreadable, () => {});
      await vi.advanceTimersByTimeAsync(60);
      const text = (await answering).text();
      text.catch(() => {});
      await vi.advanceTimersByTimeAsync(60);
      await expect(text).rejects.toThrow('too many open files');
      expect(() => vi.advanceTimersByTime(60_000)).not.toThrow();
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets the run go when the reader leaves', async () => {
    const { id } = await startRun(manager, { name: 'tax', workspace: 'w' });
    const left = new AbortController();
    const response = await eventStream(await manager.events(id, 0, left.signal), () => left.abort());
    await response.body!.cancel();
    expect(left.signal.aborted).toBe(true);
  });
});
