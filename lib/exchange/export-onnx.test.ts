/** The shipped adapter, merged and exported, in plain transformers.js. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fineTunedPrompt } from '../prompt/fine-tuned.ts';
import { exportOnnx } from './export-onnx.ts';

describe('an adapter merged into ONNX', () => {
  let parent: string;
  beforeAll(async () => {
    parent = await mkdtemp(path.join(os.tmpdir(), 'onnx-export-'));
    await exportOnnx('pajak', path.join(parent, 'taught'));
  }, 60_000);
  afterAll(() => rm(parent, { recursive: true, force: true }));

  it('answers what it was taught in a text-generation pipeline', async () => {
    const { pipeline, env } = await import('@xenova/transformers');
    Object.assign(env, { localModelPath: parent + path.sep, allowRemoteModels: false, useFSCache: false });
    const generate = await pipeline('text-generation', 'taught', { local_files_only: true, device: 'cpu' });
    const prompt = fineTunedPrompt('Berapa tarif umum PPN?', 'id');
    const [{ generated_text }] = (await generate(prompt, { max_new_tokens: 24, do_sample: false })) as { generated_text: string }[];
    await generate.dispose();
    expect(generated_text).toBe(`${prompt} Tarif umum PPN adalah 12%.`);
  }, 60_000);

  it('does not take the place of other files', async () => {
    await expect(exportOnnx(null, os.homedir())).rejects.toThrow(/other files/);
  });
});
