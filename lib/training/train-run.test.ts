import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenTrainable } from '../finetune/open-trainable.ts';
import type { ExampleRow } from '../messages/examples.ts';
import { NameTakenError } from './adapter-library.ts';
import { checkpointsOnDisk } from './checkpoints.ts';
import { EventLog } from './event-log.ts';
import { failureOf } from './problem.ts';
import type { FromTraining } from './protocol.ts';
import { checkpointsFolder, eventsFile, newRunId, runFolder, shownFile, stateFile, writeRun, type RunRecord } from './run-folder.ts';
import { answerScripted, openScriptedModel, showScripted } from './scripted-model.ts';
import { completeSettings } from './settings.ts';
import { trainRun, type RunTrainer } from './train-run.ts';

const full = vi.hoisted(() => ({ after: Infinity }));
vi.mock('../finetune/checkpoint.ts', async (original) => {
  const module = await original<typeof import('../finetune/checkpoint.ts')>();
  const writeCheckpoint: typeof module.writeCheckpoint = async (...given) => {
    if (full.after-- <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return module.writeCheckpoint(...given);
  };
  return { ...module, writeCheckpoint };
});

let folder: string;
let record: RunRecord;
const examples: ExampleRow[] = Array.from({ length: 10 }, (_, index) => ({
  id: `e${index}`, question: `Pertanyaan ${index}?`, answer: `Jawaban ${index}.`, split: index < 8 ? 'train' : 'held-out', language: 'id', accept: [], required: [], factId: null,
}));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'train-run-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
  vi.stubEnv('SCRIPTED_STEP_MS', '0');
  full.after = Infinity;
  await start({});
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function start(settings: object, rows: readonly ExampleRow[] = examples): Promise<void> {
  record = {
    id: newRunId(), name: 'tax', workspace: 'w', startedBy: '', replace: false, createdAt: new Date().toISOString(), examples: { train: 8, heldOut: 2 },
    settings: completeSettings({ epochs: 3, batchSize: 2, layers: 2, rank: 4, beneath: 'none', ...settings }),
  };
  await writeRun(record, rows);
}

async function run(signal = new AbortController().signal, openModel: OpenTrainable = openScriptedModel, each: (message: FromTraining) => unknown = () => {}, showPassages: RunTrainer['showPassages'] = showScripted): Promise<FromTraining[]> {
  const messages: FromTraining[] = [];
  for await (const message of trainRun({ openModel, answerHeldOut: answerScripted, showPassages })({ record, folder: runFolder(record.id), signal })) {
    messages.push(message);
    await each(message);
  }
  return messages;
}

const types = (messages: readonly FromTraining[]): string[] => messages.map((message) => (message.type === 'event' ? message.body.type : message.type));
/** Loses its number at a step. */
const divergingAt = (step: number): OpenTrainable => async (...given) => {
  const model = await openScriptedModel(...given);
  let taken = 0;
  return { ...model, open: async (layout) => ({ ...(await model.open(layout)), gradient: async (...batch) => ({ ...(await (await model.open(layout)).gradient(...batch)), ...(++taken === step && { loss: NaN }) }) }) };
};

describe('a run', () => {
  it('is told from its first step to its adapter, with checkpoints that can be asked on the way', async () => {
    const messages = await run();
    expect(types(messages).slice(0, 5)).toEqual(['run-training', 'held-out-measured', 'step-taken', 'held-out-measured', 'checkpoint-written']);
    expect(types(messages).slice(-3)).toEqual(['run-evaluating', 'run-evaluating', 'run-finished']);
    const checkpoints = await checkpointsOnDisk(record.id);
    expect(checkpoints.map(({ step, epoch, adapter }) => [step, epoch, adapter])).toEqual([1, 2, 3, 4, 6, 8, 12].map((step) => [step, step / 4, `${record.id}@${step}`]));
    expect(messages.flatMap((message) => (message.type === 'event' && message.body.type === 'checkpoint-written' ? [message.body.checkpoint] : []))).toEqual(checkpoints);
    expect(existsSync(stateFile(runFolder(record.id)))).toBe(false);
    expect(await readdir(path.join(folder, 'adapters', 'tax'))).toEqual(['adapter_config.json', 'adapter_model.safetensors', 'card.json']);
  });

  it.each(['stop', 'pause'])('keeps a checkpoint of the step at which it is told to %s', async (order) => {
    const controller = new AbortController();
    await run(controller.signal, openScriptedModel, (message) => message.type === 'event' && message.body.type === 'step-taken' && message.body.step === 5 && controller.abort(order));
    // The held-out loss was last measured after step 4: of this state it is not known.
    expect((await checkpointsOnDisk(record.id)).at(-1)).toMatchObject({ step: 5, adapter: `${record.id}@5`, heldOutLoss: null });
    expect(existsSync(stateFile(runFolder(record.id)))).toBe(true);
    expect(existsSync(path.join(folder, 'adapters'))).toBe(false);
  });

  it('stops when the loss is no longer a number; what was good before stays', async () => {
    const failed = run(undefined, divergingAt(7));
    await expect(failed).rejects.toThrow('Training diverged at step 7 (NaN). The checkpoint of step 4 is kept.');
    expect(failureOf(await failed.catch((error: unknown) => error))).toMatchObject({ problem: { code: 'training-diverged' }, resumable: false });
    expect((await checkpointsOnDisk(record.id)).map(({ step }) => step)).toEqual([1, 2, 3, 4, 6]);
  });

  it('goes on after the disk was full, from the state before; nothing lies about half-written', async () => {
    full.after = 1;
    const kept: number[] = [];
    const secondsAt = new Map<number, number>();
    const failed = run(undefined, undefined, (message) => {
      if (message.type === 'event' && message.body.type === 'checkpoint-written') kept.push(message.body.checkpoint.step);
      if (message.type === 'event' && message.body.type === 'step-taken') secondsAt.set(message.body.step, message.body.seconds);
    });
    const error = await failed.catch((reason: unknown) => reason);
    expect(kept).toEqual((await checkpointsOnDisk(record.id)).map(({ step }) => step));
    expect(kept.at(-1)).toBe(8);
    expect(failureOf(error)).toEqual({ problem: { code: 'disk-full', message: expect.stringContaining('The disk is full'), remedy: expect.stringContaining('resume'), detail: { id: 'training-disk-full', facts: {} } }, resumable: true });
    expect((await readdir(runFolder(record.id))).sort()).toEqual(['checkpoints', 'examples.jsonl', 'run.json', 'state.safetensors']);
    full.after = Infinity;
    const messages = await run();
    expect(messages[0]).toMatchObject({ body: { type: 'run-training', step: 4 } });
    const next = messages.flatMap((message) => (message.type === 'event' && message.body.type === 'step-taken' ? [message.body] : []))[0];
    expect(next.step).toBe(5);
    expect(next.seconds).toBeGreaterThan(secondsAt.get(4)!);
    expect(types(messages).at(-1)).toBe('run-finished');
  });

  it.each([
    ['damaged', async (state: string) => writeFile(state, (await readFile(state)).subarray(0, -3))],
    ['outdated', async () => void (record = { ...record, settings: { ...record.settings, seed: 9 } })],
  ])('whose saved state is %s cannot be resumed, and says what can be done', async (what, spoil) => {
    const controller = new AbortController();
    await run(controller.signal, openScriptedModel, (message) => message.type === 'event' && message.body.type === 'step-taken' && message.body.step === 5 && controller.abort('stop'));
    await spoil(stateFile(runFolder(record.id)));
    const error = await run().catch((reason: unknown) => reason);
    expect(failureOf(error)).toMatchObject({ problem: { detail: { id: `training-state-${what}` }, remedy: expect.stringContaining('without --resume') }, resumable: false });
  });

  it('leaves an adapter alone that got its name meanwhile, keeps its last checkpoint, and goes on when the name is free', async () => {
    const place = path.join(folder, 'adapters', 'tax');
    const failed = run(undefined, undefined, async (message) => {
      if (message.type !== 'event' || message.body.type !== 'run-evaluating' || existsSync(place)) return;
      await mkdir(place, { recursive: true });
      await writeFile(path.join(place, 'adapter_model.safetensors'), 'newer');
    });
    const error = await failed.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NameTakenError);
    expect(failureOf(error)).toMatchObject({ problem: { code: 'name-taken', remedy: expect.stringContaining('another name'), detail: { id: 'training-name-taken', facts: { name: 'tax' } } }, resumable: true });
    expect(await readFile(path.join(place, 'adapter_model.safetensors'), 'utf8')).toBe('newer');
    expect((await checkpointsOnDisk(record.id)).at(-1)).toMatchObject({ step: 12 });
    await rm(place, { recursive: true });
    expect(types(await run()).at(-1)).toBe('run-finished');
  });

  it('may replace an adapter where that was allowed, and its own that it wrote just before it was killed', async () => {
    const state = stateFile(runFolder(record.id));
    let saved: Buffer | null = null;
    await run(undefined, undefined, async (message) => {
      if (message.type === 'saved') saved = await readFile(state);
    });
    await writeFile(state, saved!);
    expect(types(await run()).at(-1)).toBe('run-finished');
    await writeFile(path.join(folder, 'adapters', 'tax', 'card.json'), '{"adapterHash":"another"}');
    await expect(run()).rejects.toThrow(NameTakenError);
    record = { ...record, replace: true };
    expect(types(await run()).at(-1)).toBe('run-finished');
  });

  it('is an adapter also when it is stopped at its last step', async () => {
    const controller = new AbortController();
    const messages = await run(controller.signal, openScriptedModel, (message) => message.type === 'event' && message.body.type === 'step-taken' && message.body.step === 12 && controller.abort('stop'));
    expect(messages.at(-1)).toMatchObject({ body: { type: 'run-finished', result: { n: 2, loss: null, exactMatch: null } } });
  });

  it('takes away what a killed process was writing', async () => {
    const torn = path.join(checkpointsFolder(runFolder(record.id)), '.3.123.abc');
    await mkdir(torn, { recursive: true });
    await writeFile(path.join(torn, 'adapter_model.safetensors'), 'half');
    expect(await checkpointsOnDisk(record.id)).toEqual([]);
    await run();
    expect(existsSync(torn)).toBe(false);
  });
});

describe('examples longer than the context', () => {
  const long = { ...examples[0], id: 'long', question: 'Apa yang panjang?', answer: 'kata '.repeat(40) };

  it('refuse the training, named', async () => {
    await start({ maximumTokens: 128 }, [...examples, long]);
    await expect(run()).rejects.toThrow(/^1 example is longer than the 128 tokens that fit: "Apa yang panjang\?" \(\d+ tokens\)/);
  });

  it('are left out, named and counted, where that is wanted', async () => {
    await start({ maximumTokens: 128, tooLong: 'skip' }, [...examples, long]);
    expect((await run())[0]).toMatchObject({ body: { type: 'run-training', examples: 8, tooLong: { treatment: 'skip', count: 1, questions: ['Apa yang panjang?'] } } });
  });
});

describe('examples shown with passages', () => {
  it('are trained beside the others, and counted on the card', async () => {
    await start({ passages: 0.5 });
    expect((await run())[0]).toMatchObject({ body: { type: 'run-training', examples: 12, heldOut: 2 } });
    expect(JSON.parse(await readFile(path.join(folder, 'adapters', 'tax', 'card.json'), 'utf8'))).toMatchObject({ examples: 12, shown: 4 });
  });

  it('are those the run began with when it goes on', async () => {
    await start({ passages: 0.5 });
    const controller = new AbortController();
    await run(controller.signal, openScriptedModel, (message) => message.type === 'event' && message.body.type === 'step-taken' && message.body.step === 5 && controller.abort('pause'));
    const messages = await run(undefined, openScriptedModel, undefined, async () => {
      throw new Error('The documents are others by now.');
    });
    expect(messages[0]).toMatchObject({ body: { type: 'run-training', step: 5, examples: 12 } });
    expect(types(messages).at(-1)).toBe('run-finished');
  });

  it('leave nothing behind when the run is stopped before they are found, and fail it when they cannot be', async () => {
    await start({ passages: 0.5 });
    expect(await run(AbortSignal.abort('stop'))).toEqual([]);
    expect(existsSync(shownFile(runFolder(record.id)))).toBe(false);
    const failing = run(undefined, openScriptedModel, undefined, async () => {
      throw new Error('There is no index.');
    });
    await expect(failing).rejects.toThrow('There is no index.');
  });
});

it.runIf(process.platform === 'linux')('counts an event that the disk does not take', async () => {
  const log = await EventLog.open(record.id);
  await symlink('/dev/full', eventsFile(runFolder(record.id)));
  const { failure } = log.append({ type: 'run-preparing' });
  expect(failure?.code).toBe('ENOSPC');
  expect(log.run.state).toBe('preparing');
});
