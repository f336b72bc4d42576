import { describe, expect, it } from 'vitest';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import type { AcquiredAdapter } from './adapter-shelf.ts';
import { acquireStack } from './adapter-stack.ts';

const SUMMARY = { examples: 3, rank: 4, trainedLayers: 2, epochs: 1, heldOutLoss: null, heldOutExactMatch: null, trainingSeconds: 1, createdAt: '2026-11-22' };

/** Adapters by name with their hashes, and what each stands on. */
function shelf(adapters: Record<string, { hash: string; beneath?: { name: string; hash: string } }>) {
  const held: string[] = [];
  return {
    held,
    async acquire(name: string): Promise<AcquiredAdapter> {
      const found = adapters[name];
      if (!found) throw new MissingArtifactError(`No adapter "${name}".`);
      held.push(name);
      return { key: found.hash, summary: { ...SUMMARY, name, ...found }, release: () => void held.splice(held.indexOf(name), 1) };
    },
  };
}

const ADAPTERS = { reader: { hash: 'r1' }, pajak: { hash: 'p1', beneath: { name: 'reader', hash: 'r1' } } };

describe('a stack of adapters', () => {
  it('has each with its strength, 1 unless told', async () => {
    const shelved = shelf(ADAPTERS);
    const stack = await acquireStack(shelved, [{ name: 'reader' }, { name: 'pajak', scale: 0.5 }]);
    expect(stack.adapters).toMatchObject([{ key: 'r1', scale: 1 }, { key: 'p1', scale: 0.5 }]);
    expect(shelved.held).toEqual(['reader', 'pajak']);
    stack.release();
    expect(shelved.held).toEqual([]);
    expect((await acquireStack(shelved, [])).adapters).toEqual([]);
  });

  it.each([-0.1, 1.6, NaN])('refuses the strength %d', async (scale) => {
    await expect(acquireStack(shelf(ADAPTERS), [{ name: 'reader', scale }])).rejects.toThrow('it has to be from 0 to 1.5');
  });

  it('refuses more than four', async () => {
    await expect(acquireStack(shelf(ADAPTERS), Array.from({ length: 5 }, () => ({ name: 'reader' })))).rejects.toBeInstanceOf(BadInputError);
  });

  it('holds nothing when one of them is missing, or stands on another than the one beside it', async () => {
    const shelved = shelf(ADAPTERS);
    await expect(acquireStack(shelved, [{ name: 'reader' }, { name: 'gone' }])).rejects.toBeInstanceOf(MissingArtifactError);
    expect(shelved.held).toEqual([]);
    const retrained = shelf({ ...ADAPTERS, reader: { hash: 'r2' } });
    await expect(acquireStack(retrained, [{ name: 'reader' }, { name: 'pajak' }])).rejects.toBeInstanceOf(DamagedArtifactError);
    expect(retrained.held).toEqual([]);
  });
});
