import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TINY_CONFIGURATION } from '../transformer/testing/tiny-decoder.ts';
import type { AdapterCard } from './adapter-folder.ts';
import { makeDataset } from './dataset.ts';
import { fineTune, type FineTuneEvent, type FineTuneJob } from './fine-tune.ts';
import type { OpenTrainable } from './open-trainable.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

let folder: string;
let job: FineTuneJob;
let opened: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fine-tune-'));
  opened = 0;
  const rows = Array.from({ length: 6 }, (_, index) => ({ question: `Soal ${index}?`, answer: `Isi ${index}.`, split: index < 4 ? 'train' : 'held-out', accept: [], required: [] }) as const);
  job = {
    name: 'tax', dataset: makeDataset(rows, 'rows'), output: path.join(folder, 'out'), stateFile: path.join(folder, 'state.safetensors'),
    settings: { ...DEFAULT_SETTINGS, rank: 1, alpha: 1, layers: 1, epochs: 2, batchSize: 2 },
    answerHeldOut: async function* () {
      yield 2;
      return { exactMatch: 1, equivalent: 1 };
    },
  };
});
afterEach(() => rm(folder, { recursive: true }));

/** Every number is drawn towards 1. */
const openModel: OpenTrainable = async () => {
  opened += 1;
  const loss = (parameters: Float32Array): number => parameters.reduce((sum, value) => sum + (value - 1) ** 2, 0) / parameters.length;
  return {
    baseHash: '0'.repeat(64), configuration: TINY_CONFIGURATION, beneath: null, encode: (text) => [...Buffer.from(text)], special: { begin: 2, end: 1 },
    open: async () => ({
      loss: async (_, parameters) => ({ loss: loss(parameters), answerTokens: 1 }),
      gradient: async (_, parameters) => ({ loss: loss(parameters), answerTokens: 1, gradient: parameters.map((value) => value - 1) }),
      close: async () => {},
    }),
  };
};

async function play(changes: Partial<FineTuneJob> = {}, each: (event: FineTuneEvent) => unknown = () => {}): Promise<FineTuneEvent[]> {
  const events: FineTuneEvent[] = [];
  for await (const event of fineTune({ ...job, ...changes }, openModel)) {
    events.push(event);
    await each(event);
  }
  return events;
}

const target = (): string => path.join(folder, 'out', 'tax');
const card = async (): Promise<AdapterCard> => JSON.parse(await readFile(path.join(target(), 'card.json'), 'utf8'));
/** Interrupts the run when its last step is taken. */
const atLastStep = (controller: AbortController, reason?: string) => (event: FineTuneEvent) => event.type === 'step' && event.step === event.steps && controller.abort(reason);

describe('the place of an adapter', () => {
  it('is taken from an adapter, as a whole', async () => {
    await play();
    const before = await card();
    await play({ settings: { ...job.settings, seed: 2 } });
    expect((await card()).adapterHash).not.toBe(before.adapterHash);
    expect((await readdir(target())).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors', 'card.json']);
  });

  it('is taken from an adapter that somebody looked at in a file manager', async () => {
    await play();
    await writeFile(path.join(target(), '.DS_Store'), '');
    await play();
    expect((await readdir(target())).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors', 'card.json']);
  });

  it('is not taken from other files, which is said before the model is opened', async () => {
    await mkdir(target(), { recursive: true });
    await writeFile(path.join(target(), 'thesis.md'), 'years of work');
    await expect(play()).rejects.toThrow(/holds other files \(thesis\.md\), which would be lost/);
    expect(opened).toBe(0);
    expect(await readFile(path.join(target(), 'thesis.md'), 'utf8')).toBe('years of work');
  });

  it('is looked at again in the end; what was trained is kept and goes elsewhere', async () => {
    const taken = play({}, async (event) => {
      if (event.type !== 'run-end') return;
      await mkdir(target(), { recursive: true });
      await writeFile(path.join(target(), 'thesis.md'), 'years of work');
    });
    await expect(taken).rejects.toThrow(/holds other files/);
    expect(await readdir(target())).toEqual(['thesis.md']);
    const events = await play({ resume: true, output: path.join(folder, 'other') });
    expect(events.filter(({ type }) => type === 'step')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'adapter-written', folder: path.join(folder, 'other', 'tax') });
  });

  it('is not taken when the one who asked says no, who knows the adapter by then', async () => {
    let asked = '';
    const refused = play({ mayWrite: (hash) => ((asked = hash), Promise.reject(new Error('no'))) });
    await expect(refused).rejects.toThrow('no');
    expect(existsSync(target())).toBe(false);
    await play({ resume: true });
    expect((await card()).adapterHash).toBe(asked);
  });
});

describe('a training interrupted at its very last step', () => {
  it('ends, when it goes on, as if nothing had happened', async () => {
    await play();
    const { losses, heldOut, adapterHash } = await card();
    await rm(target(), { recursive: true });
    const paces: number[] = [];
    const controller = new AbortController();
    const stopAtEnd = atLastStep(controller);
    const events = await play({ signal: controller.signal }, (event) => (event.type === 'step' && paces.push(event.tokensPerSecond), stopAtEnd(event)));
    expect(events.at(-1)).toMatchObject({ type: 'run-end', reason: 'finished' });
    expect(existsSync(target())).toBe(false);
    await play({ resume: true });
    // Nothing was left to train, so the pace is that of before.
    expect(await card()).toMatchObject({ losses, heldOut, adapterHash, tokensPerSecond: paces.at(-1) });
    expect(paces.at(-1)).toBeGreaterThan(0);
  });

  it('is an adapter when it was stopped for good, without figures that belong to an earlier step', async () => {
    await play();
    const { adapterHash } = await card();
    const controller = new AbortController();
    await play({ signal: controller.signal }, atLastStep(controller, 'stop'));
    expect(await card()).toMatchObject({ adapterHash, heldOut: { n: 2, loss: null, exactMatch: null } });
    expect(existsSync(job.stateFile!)).toBe(false);
  });
});
