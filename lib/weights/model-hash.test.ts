import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MissingArtifactError } from '../system/errors.ts';
import { modelHash } from './model-hash.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'model-'));
  const tensor = (file: string) => ({ dtype: 'uint8', shape: [1], file, offset: 0, length: 1 });
  await writeFile(path.join(folder, 'config.json'), '{}');
  await writeFile(path.join(folder, 'weights.json'), JSON.stringify({ format: 1, tensors: { a: tensor('one.bin'), b: tensor('two.bin'), c: tensor('one.bin') } }));
  for (const name of ['one.bin', 'two.bin']) await writeFile(path.join(folder, name), name);
});
afterEach(() => rm(folder, { recursive: true }));

it('changes with a byte of any file, and only then', async () => {
  const hash = await modelHash(folder);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  await writeFile(path.join(folder, 'README.md'), 'beside the point');
  expect(await modelHash(folder)).toBe(hash);
  await writeFile(path.join(folder, 'two.bin'), 'twp.bin');
  expect(await modelHash(folder)).not.toBe(hash);
});

it('names the file that is missing', async () => {
  await rm(path.join(folder, 'two.bin'));
  await expect(modelHash(folder)).rejects.toThrow(MissingArtifactError);
  await expect(modelHash(folder)).rejects.toThrow('two.bin');
});
