import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAdapter, writeAdapterFolder, type AdapterCard } from './adapter-folder.ts';
import { adapterLayout, fromTensors, initialParameters, toTensors } from './adapter-layout.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { readTinyFixture } from './fixtures/tiny-gemma3.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { decodeSafetensors, encodeSafetensors } from '../weights/safetensors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'finetune-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a checkpoint', () => {
  const run = { baseHash: 'base', dataHash: 'data', settings: DEFAULT_SETTINGS };
  const checkpoint: Checkpoint = {
    state: { parameters: Float32Array.of(1, -2), firstMoment: Float32Array.of(0.1, 0.2), secondMoment: Float32Array.of(0.3, 0.4), step: 7 },
    losses: [{ epoch: 0, step: 5, train: 1.5, heldOut: null }],
    seconds: 12.5,
  };

  it('comes back as it was', async () => {
    const file = path.join(folder, 'run.safetensors');
    await writeCheckpoint(file, checkpoint, run);
    expect(await readCheckpoint(file, run)).toEqual(checkpoint);
  });

  it.each([
    ['other data', { ...run, dataHash: 'other' }, /other data/],
    ['another base model and settings', { ...run, baseHash: 'x', settings: { ...DEFAULT_SETTINGS, rank: 4 } }, /other base model and settings/],
  ])('is refused for %s', async (_, other, reason) => {
    const file = path.join(folder, 'run.safetensors');
    await writeCheckpoint(file, checkpoint, run);
    await expect(readCheckpoint(file, other)).rejects.toThrow(reason);
  });

  it('is refused when missing or damaged', async () => {
    const file = path.join(folder, 'run.safetensors');
    await expect(readCheckpoint(file, run)).rejects.toThrow(/no checkpoint/);
    await writeCheckpoint(file, checkpoint, run);
    await writeFile(file, (await readFile(file)).subarray(0, -3));
    await expect(readCheckpoint(file, run)).rejects.toThrow(/cut short/);
    await writeFile(file, 'not a checkpoint');
    await expect(readCheckpoint(file, run)).rejects.toThrow(/not a readable safetensors file/);
    const vectors = new Map(['parameters', 'firstMoment', 'secondMoment'].map((name) => [name, { shape: [1], data: Float32Array.of(1) }]));
    for (const metadata of [{}, { run: '{', progress: '{}' }]) {
      await writeFile(file, encodeSafetensors(vectors, metadata as Record<string, string>));
      await expect(readCheckpoint(file, run)).rejects.toMatchObject({ code: 'damaged-artifact', message: `${file} is not a checkpoint.`, detail: { id: 'training-state-damaged' } });
    }
  });
});

describe('an adapter folder', () => {
  const layout = adapterLayout(readTinyFixture().configuration, 4, 1);
  const parameters = initialParameters(layout, 3);
  const files = encodeAdapter(layout, parameters);
  const card: AdapterCard = {
    name: 'x', createdAt: '2026-01-01T00:00:00.000Z', baseHash: 'b', dataHash: 'd', adapterHash: files.hash, examples: 2, settings: { ...DEFAULT_SETTINGS, rank: 4, alpha: 8 },
    losses: [], heldOut: { n: 0, loss: null, exactMatch: null, equivalent: null }, trainingSeconds: 1, tokensPerSecond: 1, peakMemoryBytes: 1, versions: {},
  };

  it('holds matrices under PEFT\'s names and what PEFT needs to apply them', async () => {
    const target = path.join(folder, 'adapters', 'x');
    await writeAdapterFolder(target, layout, files, card);
    const { tensors } = decodeSafetensors(await readFile(path.join(target, 'adapter_model.safetensors')), 'adapter');
    expect(tensors).toEqual(toTensors(layout, parameters));
    expect(tensors.get('base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight')!.shape).toEqual([4, 32]);
    const configuration = JSON.parse(await readFile(path.join(target, 'adapter_config.json'), 'utf8'));
    expect(configuration).toMatchObject({ peft_type: 'LORA', r: 4, lora_alpha: 8, layers_to_transform: [1, 2] });
    expect(configuration.target_modules.sort()).toEqual(['down_proj', 'gate_proj', 'k_proj', 'o_proj', 'q_proj', 'up_proj', 'v_proj']);
  });

  it('replaces an older one and leaves nothing beside it', async () => {
    const target = path.join(folder, 'x');
    await writeAdapterFolder(target, layout, files, card);
    await writeAdapterFolder(target, layout, files, { ...card, examples: 3 });
    expect(JSON.parse(await readFile(path.join(target, 'card.json'), 'utf8')).examples).toBe(3);
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('gives back the vector its matrices came from, and refuses one with a matrix missing or of another size', () => {
    const tensors = toTensors(layout, parameters);
    expect(fromTensors(layout, tensors)).toEqual(parameters);
    const [name, first] = [...tensors][0];
    expect(() => fromTensors(layout, new Map([...tensors, [name, { ...first, data: first.data.slice(1) }]]))).toThrow(name);
    tensors.delete(name);
    expect(() => fromTensors(layout, tensors)).toThrow(name);
  });

  it('starts with B at zero and A within PEFT\'s bound', () => {
    for (const { side, shape, offset, length } of layout.matrices) {
      const largest = Math.max(...parameters.subarray(offset, offset + length).map(Math.abs));
      if (side === 'B') expect(largest).toBe(0);
      else expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(shape[1]));
    }
    expect(initialParameters(layout, 3)).toEqual(parameters);
    expect(initialParameters(layout, 4)).not.toEqual(parameters);
  });
});
