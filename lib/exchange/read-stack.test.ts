import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAdapterSummary } from '../generate/adapters.ts';
import { presentBaseHash } from '../generate/present-base.ts';
import { TINY_CONFIGURATION } from '../transformer/testing/tiny-decoder.ts';
import { exportBase } from './export-base.ts';
import { exportOnnx } from './export-onnx.ts';
import { encodePeft, exportPeft } from './export-peft.ts';
import { formulaAdapter } from './fixtures/formula-adapter.ts';
import { baseFolder, readStack } from './read-stack.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stack-'));
  vi.stubEnv('MODELS_DIRECTORY', path.join(folder, 'models'));
  vi.stubEnv('DATA_DIRECTORY', path.join(folder, 'data'));
  await mkdir(baseFolder(), { recursive: true });
  await writeFile(path.join(baseFolder(), 'config.json'), '{}');
  await writeFile(path.join(baseFolder(), 'weights.json'), '{"tensors":{}}');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function place(name: string, seed: number, card: object): Promise<void> {
  const at = path.join(folder, 'data', 'adapters', name);
  await mkdir(at, { recursive: true });
  const files = encodePeft([formulaAdapter(TINY_CONFIGURATION, { rank: 2, alpha: 2, firstLayer: 0, seed })], TINY_CONFIGURATION);
  for (const [file, parts] of Object.entries(files)) await writeFile(path.join(at, file), Buffer.concat([...parts]));
  const common = { createdAt: '2026-01-01T00:00:00Z', examples: 1, settings: { epochs: 1 }, heldOut: { loss: null, exactMatch: null }, trainingSeconds: 1 };
  await writeFile(path.join(at, 'card.json'), JSON.stringify({ ...common, ...card }));
}

describe('adapters that are exported together', () => {
  it('are an adapter and, before it, the one it was trained on', async () => {
    const baseHash = await presentBaseHash();
    await place('lower', 1, { baseHash });
    await place('upper', 2, { baseHash, beneath: { name: 'lower', hash: (await readAdapterSummary('lower')).hash } });
    expect((await readStack('upper')).map(({ summary }) => summary.name)).toEqual(['lower', 'upper']);
  });

  it('are refused when any of them was trained on another base, and nothing is written', async () => {
    await place('lower', 1, { baseHash: 'another' });
    await place('upper', 2, { baseHash: await presentBaseHash(), beneath: { name: 'lower', hash: (await readAdapterSummary('lower')).hash } });
    const out = path.join(folder, 'out');
    for (const use of [() => exportPeft('upper', out), () => exportOnnx('upper', out), () => readStack('lower')]) {
      await expect(use()).rejects.toThrow(/"lower" was trained on another base model \(another\)/);
    }
    expect(existsSync(out)).toBe(false);
  });
});

describe('the place of an export', () => {
  it('is no folder that holds more than an export of its kind', async () => {
    const target = path.join(folder, 'export');
    await mkdir(path.join(target, 'onnx'), { recursive: true });
    await writeFile(path.join(target, 'onnx', 'encoder_model.onnx'), '');
    await expect(exportOnnx(null, target)).rejects.toThrow(/holds other files \(encoder_model\.onnx\)/);
    for (const file of ['model.safetensors', 'config.json', 'notes.md']) await writeFile(path.join(target, file), '');
    await expect(exportOnnx(null, target)).rejects.toThrow(/holds other files \(.*notes\.md/);
    await rm(path.join(target, 'onnx'), { recursive: true });
    await expect(exportBase(target)).rejects.toThrow(/holds other files \(notes\.md\)/);
  });
});
