/** The shipped model's training graph against PyTorch (fixtures/make_real.py), every adapter matrix of all layers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { modelsDirectory } from '../system/paths.ts';
import { gemma3Configuration } from '../transformer/configuration.ts';
import { openWeights } from '../weights/directory.ts';
import { adapterLayout, tensorName } from './adapter-layout.ts';
import type { TokenizedExample } from './batches.ts';
import { openFrozenWeights } from './frozen-weights.ts';
import { Trainer } from './trainer.ts';

interface Fixture {
  readonly rank: number;
  readonly alpha: number;
  readonly amplitude: number;
  readonly examples: readonly TokenizedExample[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, { readonly norm: number; readonly alongWave: number }>>;
}

const wave = (length: number, amplitude: number): Float32Array => Float32Array.from({ length }, (_, index) => amplitude * Math.sin(0.7 * (index + 1)));
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, index) => sum + value * b[index], 0);

it('finds the loss and the gradients that PyTorch finds', async () => {
  const fixture: Fixture = JSON.parse(await readFile(new URL('./fixtures/real-model.json', import.meta.url), 'utf8'));
  const folder = path.join(modelsDirectory(), 'gemma-3-270m');
  const configuration = gemma3Configuration(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')), 64);
  const layout = adapterLayout(configuration, fixture.rank, 0);
  const parameters = new Float32Array(layout.size);
  for (const { offset, length } of layout.matrices) parameters.set(wave(length, fixture.amplitude), offset);

  const cache = await mkdtemp(path.join(tmpdir(), 'float-weights-'));
  try {
    const weights = await openFrozenWeights(openWeights(folder), configuration, 'test', cache, { precision: 'float32' });
    const trainer = await Trainer.open({ configuration, weights, weightFolder: cache, layout, alpha: fixture.alpha });
    const { loss, gradient } = await trainer.gradient(fixture.examples, parameters);
    await trainer.close();

    expect(Math.abs(loss - fixture.loss)).toBeLessThan(1e-3);
    for (const matrix of layout.matrices) {
      const found = gradient.subarray(matrix.offset, matrix.offset + matrix.length);
      const expected = fixture.gradients[tensorName(matrix).replace('base_model.model.model.', '')];
      expect(Math.abs(Math.sqrt(dot(found, found)) / expected.norm - 1), `norm of ${tensorName(matrix)}`).toBeLessThan(1e-3);
      // A sum of many signs: small beside the norms of its two factors, which bound its error.
      const error = Math.abs(dot(found, wave(matrix.length, 1)) - expected.alongWave);
      expect(error / (expected.norm * Math.sqrt(matrix.length / 2)), `${tensorName(matrix)} along the wave`).toBeLessThan(1e-3);
    }
  } finally {
    await rm(cache, { recursive: true });
  }
}, 300_000);
