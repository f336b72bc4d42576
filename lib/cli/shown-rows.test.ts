import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeDataset } from '../finetune/dataset.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { workspaceExamples } from '../workspace/examples.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { shownRows } from './shown-rows.ts';

let folder: string;
beforeEach(async () => vi.stubEnv('DATA_DIRECTORY', (folder = await mkdtemp(path.join(tmpdir(), 'shown-rows-')))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('shows a part of a workspace\'s examples with its own passages and rehearses half as many on others, in its language', async () => {
  const examples = (await workspaceExamples(await openWorkspace('handbook'))).filter(({ split }) => split === 'train').slice(0, 20);
  const rows = await shownRows('handbook', examples, { share: 0.4, seed: 1, maximumTokens: 512 });
  const [shown, rehearsed] = [rows.filter(({ factId }) => factId !== null), rows.filter(({ factId }) => factId === null)];
  // Eight of twenty, and those of them that are answered by a figure with another one too.
  expect(new Set(shown.map(({ question }) => question)).size).toBe(8);
  expect(shown).toHaveLength(10);
  expect(shown.every(({ question }) => examples.some((example) => example.question === question))).toBe(true);
  expect(rehearsed).toHaveLength(5);
  expect(rehearsed.map(({ language }) => language)).toEqual(Array(5).fill('en'));
  expect(rehearsed.filter(({ answer }) => answer === REFUSAL.en)).toHaveLength(2);
  expect(rows.every(({ passages }) => passages.length > 0)).toBe(true);
  // None of them keeps the trainer from taking all.
  expect(makeDataset([...examples, ...rows], 'all').train).toHaveLength(35);
}, 60_000);
