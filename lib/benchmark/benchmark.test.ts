import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fineTune } from '../finetune/fine-tune.ts';
import { wordsFrom, wordsThatMeasure } from './material.ts';
import { measureRounds } from './measure.ts';
import { readResults, storeResults, type BenchmarkResult } from './store.ts';
import { summarise, summaryCells } from './summarise.ts';
import { openTraining } from './training.ts';
import type { Variant } from './types.ts';

vi.mock('../finetune/fine-tune.ts', () => ({
  fineTune: vi.fn(async function* () {
    yield { type: 'run-end', tokensPerSecond: 500, seconds: 2 };
  }),
}));

const never = new AbortController().signal;

describe('measureRounds', () => {
  it('warms up, takes turns in both orders and keeps every value', async () => {
    const calls: string[] = [];
    const variant = (name: string): Variant => ({
      name,
      run: async (round) => {
        calls.push(name + round);
        return [{ figure: 'time', unit: 's', value: round * 10, goal: { atMost: 20 } }];
      },
    });
    const series = await measureRounds([variant('a'), variant('b')], 3, never);
    expect(calls).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2', 'b3', 'a3']);
    expect(series).toEqual(['a', 'b'].map((name) => ({ variant: name, figure: 'time', unit: 's', goal: { atMost: 20 }, values: [10, 20, 30] })));
  });

  it('stops between two runs when aborted', async () => {
    const controller = new AbortController();
    const variant: Variant = { name: 'a', run: async () => (controller.abort(), []) };
    await expect(measureRounds([variant], 5, controller.signal)).rejects.toThrow(/abort/);
  });
});

describe('summarise', () => {
  const series = { variant: 'both', figure: 'time', unit: 's' as const, values: [3, 1, 100] };
  it.each([
    [undefined, null, ''],
    [{ atMost: 3 }, true, '≤ 3 reached'],
    [{ atMost: 2.9 }, false, '≤ 2.9 missed'],
    [{ atLeast: 3 }, true, '≥ 3 reached'],
    [{ atLeast: 4 }, false, '≥ 4 missed'],
  ])('judges the median by the goal %j', (goal, reached, told) => {
    const summary = summarise({ ...series, goal });
    expect(summary).toMatchObject({ median: 3, least: 1, most: 100, reached, values: [3, 1, 100] });
    expect(summaryCells(summary)).toEqual(['both', 'time', '3.00', '1.00 – 100', 's', told]);
  });
});

describe('the store', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'store-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const result = (rounds: number): BenchmarkResult => ({ command: 'npm run bench --', measuredAt: '2026-11-01T00:00:00Z', machine: { cpu: 'x', cores: 2, memoryGiB: 4, system: 'linux x64' }, versions: {}, rounds, figures: [] });

  it('replaces what ran again and keeps the rest', async () => {
    const file = path.join(folder, 'docs', 'latest.json');
    expect(await readResults(file)).toEqual({});
    await storeResults({ load: result(1), answers: result(2) }, file);
    await storeResults({ answers: result(3) }, file);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ load: result(1), answers: result(3) });
  });

  it('does not write over a file it cannot read', async () => {
    const file = path.join(folder, 'latest.json');
    await writeFile(file, '{');
    await expect(storeResults({}, file)).rejects.toThrow('not valid JSON');
    expect(await readFile(file, 'utf8')).toBe('{');
  });
});

describe('material', () => {
  const words = ['satu', 'dua', 'tiga'];
  it('goes round the words', () => expect(wordsFrom(words, 2, 4)).toBe('tiga satu dua tiga'));
  it.each([4, 9, 17, 100])('finds the most words within %i', async (limit) => {
    const found = await wordsThatMeasure(words, 0, limit, async (text) => text.length);
    expect(found.length).toBeLessThanOrEqual(limit);
    expect(wordsFrom(words, 0, found.split(' ').length + 1).length).toBeGreaterThan(limit);
  });
});

describe('the benchmark of training', () => {
  it('leaves nothing behind, and the saved state of a training of its name alone', async () => {
    const { variants, close } = await openTraining();
    expect(await variants[0].run(1, never)).toContainEqual({ figure: 'training', unit: 'tokens/s', value: 500 });
    const [{ output, stateFile }] = vi.mocked(fineTune).mock.calls[0];
    expect(path.dirname(stateFile!)).toBe(output);
    await close();
    expect(existsSync(output!)).toBe(false);
  });
});
