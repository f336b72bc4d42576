import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DamagedArtifactError } from '../system/errors.ts';
import { dequantizeBlocks } from './block-formats.ts';

/** Two blocks of each format from the sources, and their values by the `gguf` Python package (base64). */
const fixture = JSON.parse(readFileSync(new URL('./fixtures/block-formats.json', import.meta.url), 'utf8')) as Record<string, { bytes: string; values: string }>;

describe('block formats', () => {
  it.each(Object.keys(fixture))('expands %s as the gguf package does', (name) => {
    const expected = new Float32Array(new Uint8Array(Buffer.from(fixture[name].values, 'base64')).buffer);
    const values = dequantizeBlocks(name, new Uint8Array(Buffer.from(fixture[name].bytes, 'base64')));
    expect(values).toHaveLength(expected.length);
    values.forEach((value, index) => expect(Math.abs(value - expected[index])).toBeLessThanOrEqual(1e-6 * Math.abs(expected[index])));
  });

  it('refuses a format it does not know', () => {
    expect(() => dequantizeBlocks('Q2_K', new Uint8Array(84))).toThrow(DamagedArtifactError);
  });
});
