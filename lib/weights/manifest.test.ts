import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { verifyModel, writeManifest } from './manifest.ts';

describe('manifest', () => {
  let root: string;
  let folder: string;
  let weights: string;
  let stamps: string;
  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'manifest-'));
    folder = path.join(root, 'models', 'small');
    weights = path.join(folder, 'onnx', 'weights.bin');
    stamps = path.join(root, 'data');
    mkdirSync(path.dirname(weights), { recursive: true });
    writeFileSync(weights, Buffer.alloc(1000, 7));
    writeFileSync(path.join(folder, 'config.json'), '{}');
    await writeManifest(path.join(root, 'models'), ['small']);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** Changes one byte and keeps the size. */
  const damage = (): void => {
    const bytes = readFileSync(weights);
    bytes[500] ^= 1;
    writeFileSync(weights, bytes);
  };

  it('accepts the files it recorded', async () => {
    await verifyModel(folder, stamps);
    await verifyModel(folder, stamps);
  });

  it('notices one damaged byte', async () => {
    damage();
    await expect(verifyModel(folder, stamps)).rejects.toThrow(DamagedArtifactError);
    await expect(verifyModel(folder, stamps)).rejects.toMatchObject({ message: expect.stringContaining('weights.bin'), remedy: 'git checkout -- models/small/onnx/weights.bin' });
  });

  it('notices damage after a good start, although that start left a stamp', async () => {
    await verifyModel(folder, stamps);
    damage();
    utimesSync(weights, new Date(2020, 0), new Date(2020, 0));
    await expect(verifyModel(folder, stamps)).rejects.toThrow(DamagedArtifactError);
  });

  it('names a file that is missing, and one that ends too early', async () => {
    truncateSync(weights, 999);
    await expect(verifyModel(folder, stamps)).rejects.toThrow(/999 bytes/);
    rmSync(weights);
    await expect(verifyModel(folder, stamps)).rejects.toThrow(MissingArtifactError);
  });

  it('says what is wrong with the manifest itself', async () => {
    writeFileSync(path.join(root, 'models', 'manifest.json'), '{');
    await expect(verifyModel(folder, stamps)).rejects.toThrow(DamagedArtifactError);
    rmSync(path.join(root, 'models', 'manifest.json'));
    await expect(verifyModel(folder, stamps)).rejects.toThrow(MissingArtifactError);
  });
});
