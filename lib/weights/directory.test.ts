import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { openWeights } from './directory.ts';
import { quantizeBlocks, ZERO_POINT } from './quantize.ts';
import { writeShards, type StoredTensor } from './shards.ts';

const BLOCK_SIZE = 32;
const SETTINGS = { quantization: { bits: 8, blockSize: BLOCK_SIZE, zeroPoint: ZERO_POINT }, normGainsIncludeOne: true } as const;
const VALUES = Float32Array.from({ length: 4 * 64 }, (_, index) => Math.sin(index) * (index < 32 ? 100 : 1));

function tensors(): StoredTensor[] {
  const { quantized, scales } = quantizeBlocks(VALUES, BLOCK_SIZE);
  const slices = (ending: string) => [{ name: `a.${ending}`, firstRow: 0, rows: 1 }, { name: `b.${ending}`, firstRow: 1, rows: 3 }];
  return [
    { name: 'ab.quantized', shape: [4, 2, BLOCK_SIZE], values: quantized, slices: slices('quantized') },
    { name: 'ab.scales', shape: [4, 2], values: scales, slices: slices('scales') },
    { name: 'norm', shape: [3], values: Float32Array.of(1, 2, 3) },
  ];
}

describe('weights', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'weights-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads back what was written, to within half a step of each block', async () => {
    await writeShards(folder, tensors(), SETTINGS);
    const weights = openWeights(folder);
    const values = weights.readFloat32('ab');
    VALUES.forEach((value, index) => expect(Math.abs(values[index] - value)).toBeLessThanOrEqual((index < 32 ? 100 : 1) / 127 / 2 + 1e-6));
    expect([...weights.readFloat32('norm')]).toEqual([1, 2, 3]);
  });

  it('reads rows of a joined matrix under their own names', async () => {
    await writeShards(folder, tensors(), SETTINGS);
    const weights = openWeights(folder);
    const whole = weights.readFloat32('ab');
    expect(weights.readFloat32('a')).toEqual(whole.slice(0, 64));
    expect(weights.readFloat32('b')).toEqual(whole.slice(64));
    expect(weights.tensor('b.quantized').shape).toEqual([3, 2, BLOCK_SIZE]);
  });

  it('keeps shards below their size, tensors whole and on pages', async () => {
    const { tensors: entries } = await writeShards(folder, tensors(), SETTINGS, 5000);
    expect(new Set(Object.values(entries).map(({ file }) => file)).size).toBeGreaterThan(1);
    for (const [name, { file, offset, length }] of Object.entries(entries)) {
      expect(offset + length).toBeLessThanOrEqual(statSync(path.join(folder, file)).size);
      if (name.startsWith('ab.') || name === 'norm') expect(offset % 4096).toBe(0);
    }
    expect(openWeights(folder).readFloat32('ab')).toHaveLength(VALUES.length);
  });

  it('names what is missing or damaged', async () => {
    expect(() => openWeights(folder)).toThrow(MissingArtifactError);
    await writeShards(folder, tensors(), SETTINGS);
    const weights = openWeights(folder);
    expect(() => weights.readFloat32('c')).toThrow(/"c"/);
    truncateSync(path.join(folder, 'weights-00001.bin'), 100);
    expect(() => weights.readFloat32('norm')).toThrow(DamagedArtifactError);
    rmSync(path.join(folder, 'weights-00001.bin'));
    expect(() => weights.readFloat32('norm')).toThrow(MissingArtifactError);
    writeFileSync(path.join(folder, 'weights.json'), '{"format":2}');
    expect(() => openWeights(folder)).toThrow(DamagedArtifactError);
  });
});
