import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TINY_CONFIGURATION } from '../transformer/testing/tiny-decoder.ts';
import { encodeAdapter, writeAdapterFolder, type AdapterCard } from './adapter-folder.ts';
import { adapterLayout, initialParameters } from './adapter-layout.ts';
import { mergedHash } from './merge-adapter.ts';
import { openBeneath } from './open-trainable.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'beneath-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** Its hash. */
async function write(name: string, card: Partial<AdapterCard> = {}): Promise<string> {
  const layout = adapterLayout(TINY_CONFIGURATION, 1, 0);
  const files = encodeAdapter(layout, initialParameters(layout, 1));
  await writeAdapterFolder(path.join(folder, 'adapters', name), layout, files, {
    name, createdAt: '2026-01-01T00:00:00Z', baseHash: 'base', dataHash: 'd', adapterHash: files.hash, examples: 2, settings: { ...DEFAULT_SETTINGS, rank: 1, alpha: 2 },
    losses: [], heldOut: { n: 0, loss: null, exactMatch: null, equivalent: null }, trainingSeconds: 1, tokensPerSecond: 1, peakMemoryBytes: 1, versions: {}, ...card,
  });
  return files.hash;
}

describe('the adapter that a training lies on', () => {
  it('is one that was trained on the same base', async () => {
    const hash = await write('lower');
    expect(await openBeneath('lower', 'base')).toMatchObject({ name: 'lower', hash, rank: 1, alpha: 2 });
    await expect(openBeneath('lower', 'other')).rejects.toThrow(/trained on another base model/);
  });

  it('is another one where its alpha was changed by hand, which its hash does not tell', async () => {
    const hash = await write('lower');
    expect(mergedHash(await openBeneath('lower', 'base'))).toBe(hash);
    const file = path.join(folder, 'adapters', 'lower', 'adapter_config.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), lora_alpha: 8 }));
    const changed = await openBeneath('lower', 'base');
    expect(changed).toMatchObject({ hash, alpha: 8 });
    expect(mergedHash(changed)).toMatch(/^[0-9a-f]{64}$/);
    expect(mergedHash(changed)).not.toBe(hash);
  });

  it('is refused where its settings name another rank than its matrices have: merged so, it would be nonsense that is kept under its hash', async () => {
    await write('lower');
    const file = path.join(folder, 'adapters', 'lower', 'adapter_config.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), r: 2 }));
    await expect(openBeneath('lower', 'base')).rejects.toThrow(/rank 2/);
  });

  it('lies on none itself: that one would be missing beneath it', async () => {
    const hash = await write('lower');
    await write('upper', { beneath: { name: 'lower', hash } });
    await expect(openBeneath('upper', 'base')).rejects.toThrow(/"upper" itself lies on "lower"/);
  });
});
