import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeSafetensors } from '../weights/safetensors.ts';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { projectionSize } from '../transformer/configuration.ts';
import { TINY_CONFIGURATION as tiny } from '../transformer/testing/tiny-decoder.ts';
import { AdapterShelf } from './adapter-shelf.ts';
import { listAdapters, readAdapter, readAdapterSummary } from './adapters.ts';
import { tensorName } from './pack-adapter.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'adapters-'));
  vi.stubEnv('MODELS_DIRECTORY', path.join(root, 'models'));
  vi.stubEnv('DATA_DIRECTORY', path.join(root, 'data'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const CARD = {
  baseHash: 'the-base',
  createdAt: '2026-11-20T09:00:00Z',
  examples: 312,
  settings: { epochs: 10 },
  heldOut: { n: 100, loss: 0.4, exactMatch: 0.64, equivalent: 0.7 },
  trainingSeconds: 1200,
};

function weights(value: number, layer = tiny.layers - 1): Uint8Array {
  const { input, output } = projectionSize(tiny, 'mlp.down_proj');
  return encodeSafetensors(new Map([
    [tensorName(layer, 'mlp.down_proj', 'A'), { shape: [2, input], data: new Float32Array(2 * input).fill(value) }],
    [tensorName(layer, 'mlp.down_proj', 'B'), { shape: [output, 2], data: new Float32Array(2 * output).fill(1) }],
  ]));
}

interface Files {
  readonly weights?: Uint8Array | string;
  readonly card?: unknown;
  readonly configuration?: unknown;
}

async function place(name: string, files: Files = {}, parent = 'models/adapters'): Promise<string> {
  const folder = path.join(root, parent, name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'adapter_model.safetensors'), files.weights ?? weights(1));
  await writeFile(path.join(folder, 'card.json'), JSON.stringify(files.card ?? CARD));
  await writeFile(path.join(folder, 'adapter_config.json'), JSON.stringify(files.configuration ?? { r: 2, lora_alpha: 4, use_dora: false }));
  return folder;
}

describe('reading an adapter', () => {
  it('gives its matrices and what its card says', async () => {
    await place('pajak');
    const adapter = await readAdapter('pajak');
    expect(adapter).toMatchObject({ rank: 2, alpha: 4, baseHash: 'the-base' });
    expect(adapter.tensors.size).toBe(2);
    expect(await readAdapterSummary('pajak')).toEqual({
      name: 'pajak', hash: createHash('sha256').update(weights(1)).digest('hex'), examples: 312, rank: 2, trainedLayers: 1, epochs: 10,
      heldOutLoss: 0.4, heldOutExactMatch: 0.64, trainingSeconds: 1200, createdAt: '2026-11-20T09:00:00Z',
    });
  });

  it("prefers a person's own to the one that ships", async () => {
    await place('pajak');
    await place('pajak', { card: { ...CARD, examples: 7 } }, 'data/adapters');
    expect((await readAdapter('pajak')).summary.examples).toBe(7);
    expect(await listAdapters()).toEqual(['pajak']);
  });

  it('brings back an own one that a killed process left beside its place, also where one of its name ships', async () => {
    const aside = `.pajak.${spawnSync(process.execPath, ['--version']).pid}.0123abcd`;
    await place('pajak');
    await place(aside, { card: { ...CARD, examples: 7 } }, 'data/adapters');
    await place(`${aside}.replaced`, { card: { ...CARD, examples: 6 } }, 'data/adapters');
    expect((await readAdapter('pajak')).summary.examples).toBe(7);
  });

  it('names what was found when there is none, and the command that trains it', async () => {
    await place('pajak-v1');
    const error = await readAdapter('pajak').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MissingArtifactError);
    expect(error).toMatchObject({ message: expect.stringContaining('found: pajak-v1'), remedy: 'npm run finetune -- --name pajak' });
  });

  it('tells of a retrained adapter at once', async () => {
    await place('pajak');
    const before = await readAdapterSummary('pajak');
    expect(await readAdapterSummary('pajak')).toBe(before);
    await place('pajak', { weights: weights(2), card: { ...CARD, examples: 313 } });
    const after = await readAdapterSummary('pajak');
    expect(after.examples).toBe(313);
    expect(after.hash).not.toBe(before.hash);
  });

  it("finds a training run's checkpoint by run and step", async () => {
    await place('120', { card: { ...CARD, examples: 9 } }, 'data/training/run-3f2a/checkpoints');
    expect(await readAdapterSummary('run-3f2a@120')).toMatchObject({ name: 'run-3f2a@120', examples: 9 });
    const error = await readAdapter('run-3f2a@80').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MissingArtifactError);
    expect(error).toMatchObject({ message: expect.stringContaining('found: 120') });
    expect(await listAdapters()).toEqual([]);
  });

  it('on top of another only as long as that one is what it was', async () => {
    await place('reader');
    const beneath = { name: 'reader', hash: (await readAdapterSummary('reader')).hash };
    await place('pajak', { weights: weights(3), card: { ...CARD, beneath } });
    expect((await readAdapter('pajak')).summary.beneath).toEqual(beneath);
    expect((await readAdapterSummary('pajak')).beneath).toEqual(beneath);
    await place('reader', { weights: weights(2) });
    for (const read of [readAdapter, readAdapterSummary]) {
      const error = await read('pajak').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DamagedArtifactError);
      expect(error).toMatchObject({ message: expect.stringContaining('another state of "reader"'), remedy: 'npm run finetune -- --name pajak' });
    }
  });

  it.each(['../pajak', 'a/b', '', '..', '.hidden', 'x'.repeat(65), 'run-1@../..', 'run-../x@1', 'pajak@1', 'run-1@1@2'])('refuses the name %j', async (name) => {
    await expect(readAdapter(name)).rejects.toBeInstanceOf(BadInputError);
  });

  it.each<[string, Files, string]>([
    ['weights cut short', { weights: weights(1).subarray(0, 300) }, 'adapter_model.safetensors'],
    ['weights of another kind', { weights: 'no' }, 'adapter_model.safetensors'],
    ['a card without a base', { card: { ...CARD, baseHash: undefined } }, 'baseHash'],
    ['a formula we do not compute', { configuration: { r: 2, lora_alpha: 4, use_dora: true } }, 'use_dora'],
    ['a strength for some layers only', { configuration: { r: 2, lora_alpha: 4, alpha_pattern: { down_proj: 8 } } }, 'alpha_pattern'],
    ['a rank that its matrices do not have', { configuration: { r: 1, lora_alpha: 4 } }, 'rank 1'],
  ])('calls %s damaged', async (_, files, named) => {
    await place('pajak', files);
    const error = await readAdapter('pajak').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DamagedArtifactError);
    expect(error).toMatchObject({ message: expect.stringContaining(named), remedy: 'npm run finetune -- --name pajak' });
  });
});

describe('the shelf', () => {
  function shelf(baseHash = 'the-base') {
    const inModel = new Set<string>();
    const loads: string[] = [];
    const model = {
      configuration: tiny,
      loadAdapter: (key: string) => void (inModel.add(key), loads.push(key)),
      unloadAdapter: (key: string) => void inModel.delete(key),
    };
    return { inModel, loads, shelf: new AdapterShelf(model, baseHash) };
  }

  it('loads an adapter once for two questions', async () => {
    await place('pajak');
    const { shelf: shelved, loads } = shelf();
    const [first, second] = await Promise.all([shelved.acquire('pajak'), shelved.acquire('pajak')]);
    expect(first.key).toBe(second.key);
    expect(loads).toEqual([first.key]);
  });

  it('takes the new one after retraining, and lets the old go when its answers have ended', async () => {
    await place('pajak');
    const { shelf: shelved, inModel } = shelf();
    const old = await shelved.acquire('pajak');
    await place('pajak', { weights: weights(2) });
    const fresh = await shelved.acquire('pajak');
    expect(fresh.key).not.toBe(old.key);
    expect(inModel).toEqual(new Set([old.key, fresh.key]));
    old.release();
    expect(inModel).toEqual(new Set([fresh.key]));
    fresh.release();
    expect(inModel).toEqual(new Set([fresh.key]));
  });

  it.each<[string, (folder: string) => Promise<void>]>([
    ['deleted', (folder) => rm(folder, { recursive: true })],
    ['renamed', (folder) => rename(folder, `${folder}-2`)],
    ['damaged', (folder) => writeFile(path.join(folder, 'adapter_model.safetensors'), 'no')],
  ])('keeps an adapter that was %s until its last answer has ended', async (_, change) => {
    const folder = await place('pajak');
    const { shelf: shelved, inModel } = shelf();
    const [one, other] = [await shelved.acquire('pajak'), await shelved.acquire('pajak')];
    await change(folder);
    await expect(shelved.acquire('pajak')).rejects.toThrow();
    one.release();
    one.release();
    expect(inModel).toEqual(new Set([one.key]));
    other.release();
    expect(inModel).toEqual(new Set());
  });

  it('keeps a few that nobody uses, and all that somebody does', async () => {
    const { shelf: shelved, inModel } = shelf();
    for (let step = 1; step <= 6; step++) await place(`${step}`, { weights: weights(step) }, 'data/training/run-a/checkpoints');
    const first = await shelved.acquire('run-a@1');
    for (let step = 2; step <= 6; step++) (await shelved.acquire(`run-a@${step}`)).release();
    expect(inModel.size).toBe(5);
    expect(inModel).toContain(first.key);
    first.release();
    expect(inModel.size).toBe(4);
  });

  it('notices that what an adapter in the model stands on was replaced', async () => {
    await place('reader');
    await place('pajak', { weights: weights(3), card: { ...CARD, beneath: { name: 'reader', hash: (await readAdapterSummary('reader')).hash } } });
    const { shelf: shelved } = shelf();
    (await shelved.acquire('pajak')).release();
    await place('reader', { weights: weights(2) });
    await expect(shelved.acquire('pajak')).rejects.toBeInstanceOf(DamagedArtifactError);
  });

  it('refuses an adapter of another base model', async () => {
    await place('pajak');
    const error = await shelf('other-base').shelf.acquire('pajak').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DamagedArtifactError);
    expect(error).toMatchObject({ message: expect.stringContaining('another base model'), remedy: 'npm run finetune -- --name pajak' });
  });

  it('says which adapter does not fit the model, and serves it once it is mended', async () => {
    await place('pajak', { weights: weights(1, tiny.layers) });
    const { shelf: shelved } = shelf();
    await expect(shelved.acquire('pajak')).rejects.toThrow('Adapter "pajak" cannot be used');
    await place('pajak');
    expect((await shelved.acquire('pajak')).summary.rank).toBe(2);
  });
});
