import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

function weights(value: number): Uint8Array {
  const { input, output } = projectionSize(tiny, 'mlp.down_proj');
  const layer = tiny.layers - 1;
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

async function place(name: string, files: Files = {}, parent = 'models'): Promise<string> {
  const folder = path.join(root, parent, 'adapters', name);
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
    await place('pajak', { card: { ...CARD, examples: 7 } }, 'data');
    expect((await readAdapter('pajak')).summary.examples).toBe(7);
    expect(await listAdapters()).toEqual(['pajak']);
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

  it.each(['../pajak', 'a/b', '', '..', '.hidden', 'x'.repeat(65)])('refuses the name %j', async (name) => {
    await expect(readAdapter(name)).rejects.toBeInstanceOf(BadInputError);
  });

  it.each<[string, Files, string]>([
    ['weights cut short', { weights: weights(1).subarray(0, 300) }, 'adapter_model.safetensors'],
    ['weights of another kind', { weights: 'no' }, 'adapter_model.safetensors'],
    ['a card without a base', { card: { ...CARD, baseHash: undefined } }, 'baseHash'],
    ['a formula we do not compute', { configuration: { r: 2, lora_alpha: 4, use_dora: true } }, 'use_dora'],
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

  it('refuses an adapter of another base model', async () => {
    await place('pajak');
    const error = await shelf('other-base').shelf.acquire('pajak').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DamagedArtifactError);
    expect(error).toMatchObject({ message: expect.stringContaining('another base model'), remedy: 'npm run finetune -- --name pajak' });
  });

  it('says which adapter does not fit the model, and serves it once it is mended', async () => {
    await place('pajak', { configuration: { r: 5, lora_alpha: 4 } });
    const { shelf: shelved } = shelf();
    await expect(shelved.acquire('pajak')).rejects.toThrow('Adapter "pajak" cannot be used');
    await place('pajak');
    expect((await shelved.acquire('pajak')).summary.rank).toBe(2);
  });
});
