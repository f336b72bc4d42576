import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readingFile, readingMarkdown } from './reading.ts';

interface Row {
  readonly f1: number | null;
  readonly exact: boolean | null;
  readonly refused: boolean;
}
type ClusteredRow = Row & { readonly cluster: number };

const right: Row = { f1: 1, exact: true, refused: false };
const half: Row = { f1: 0.5, exact: false, refused: false };
const wrong: Row = { f1: 0, exact: false, refused: false };
const refused: Row = { f1: 0, exact: false, refused: true };
const due: Row = { f1: null, exact: null, refused: true };
const missed: Row = { f1: null, exact: null, refused: false };

/** So many of each row in clusters of `size`, one kind of row a cluster. */
const clustered = (size: number, ...rows: Row[]): ClusteredRow[] => rows.flatMap((row, cluster) => Array.from({ length: size }, () => ({ ...row, cluster })));
const COLUMNS = ['set', 'questions', 'f1', 'exact', 'overallF1', 'overallExact', 'recall', 'precision', 'figures'] as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'reading-'));
  vi.stubEnv('PROJECT_ROOT', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function keep(name: string, rows: readonly ClusteredRow[], of?: number): Promise<void> {
  await mkdir(path.dirname(readingFile(name)), { recursive: true });
  await writeFile(readingFile(name), JSON.stringify({ of, faithful: { share: 0.75 }, rows }));
}

/** The cells of the only line, by column. */
async function cells(name: string, rows: readonly ClusteredRow[], of?: number): Promise<Record<(typeof COLUMNS)[number], string>> {
  await keep(name, rows, of);
  const table = (await readingMarkdown())!.split('\n').filter((line) => line.startsWith('|')).map((line) => line.slice(2, -2).split(' | '));
  expect(table.every((line) => line.length === COLUMNS.length)).toBe(true);
  return Object.fromEntries(COLUMNS.map((column, place) => [column, table.at(-1)![place]])) as Record<(typeof COLUMNS)[number], string>;
}

const value = (cell: string): string => cell.split(' (')[0];
const width = (cell: string): number => {
  const [, low, high] = /\((\S+) % - (\S+) %\)/.exec(cell)!.map(Number);
  return high - low;
};

test('no result, no table', async () => expect(await readingMarkdown()).toBeNull());

test('a line says of how many questions it is a part', async () => {
  const rows = clustered(1, right, half, due);
  expect((await cells('idk-mrc', rows, 764)).questions).toBe('3 of 764 (2)');
  expect((await cells('idk-mrc', rows, 3)).questions).toBe('3 (2)');
});

test('figures over the answerable questions and figures over all stand apart', async () => {
  const line = await cells('idk-mrc', clustered(1, right, half, wrong, refused, due, due, due, missed));
  expect(line.questions).toBe('8 (4)');
  expect([line.f1, line.exact, line.overallF1, line.overallExact, line.recall, line.precision].map(value)).toEqual(['37.5 %', '25.0 %', '56.3 %', '50.0 %', '75.0 %', '75.0 %']);
  expect(line.figures).toBe('75.0 %');
});

test('a set that answers every question has no figures over all, and none of refusing', async () => {
  expect(await cells('xquad-en', clustered(2, right, wrong, refused))).toMatchObject({ questions: '6 (6)', overallF1: 'n/a', overallExact: 'n/a', recall: 'n/a', precision: 'n/a' });
});

test('intervals draw clusters, and the line says how many there are', async () => {
  const rows = clustered(25, right, wrong, due, missed, right, wrong, due, missed);
  const [together, alone] = [await cells('xquad-en', rows), await cells('xquad-en', rows.map((row, cluster) => ({ ...row, cluster })))];
  expect([together.set, alone.set]).toEqual(['XQuAD, English (8 articles)', 'XQuAD, English (200 articles)']);
  for (const column of ['f1', 'exact', 'overallF1', 'overallExact', 'recall', 'precision'] as const) {
    expect(value(together[column])).toBe(value(alone[column]));
    expect(width(together[column])).toBeGreaterThan(2 * width(alone[column]));
  }
});

test.each<[string, object]>([
  ['has words for figures', { ...right, f1: 'much', cluster: 0 }],
  ['has no clusters', right],
])('a file that %s is no result, and says how to make one', async (_, row) => {
  await keep('xquad-en', [row as ClusteredRow]);
  await expect(readingMarkdown()).rejects.toMatchObject({ message: expect.stringContaining('is no result of reading'), remedy: expect.stringContaining('npm run eval') });
});
