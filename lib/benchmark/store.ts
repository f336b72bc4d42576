import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DamagedArtifactError } from '../system/errors.ts';
import { projectRoot } from '../system/paths.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import type { Machine } from './machine.ts';
import type { Summary } from './summarise.ts';

/** One benchmark of one run, with all that is needed to judge and repeat it. */
export interface BenchmarkResult {
  readonly command: string;
  /** ISO 8601. */
  readonly measuredAt: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly figures: readonly Summary[];
}

export type BenchmarkResults = Readonly<Record<string, BenchmarkResult>>;

const resultsFile = (): string => path.join(projectRoot(), 'docs', 'benchmarks', 'latest.json');

/** Replaces the results of the benchmarks that ran; those of others stay. */
export async function storeResults(results: BenchmarkResults, file = resultsFile()): Promise<void> {
  await writeFileAtomically(file, `${JSON.stringify({ ...(await readResults(file)), ...results }, null, 2)}\n`);
}

/** What was stored; nothing when there is no file yet. */
export async function readResults(file = resultsFile()): Promise<BenchmarkResults> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DamagedArtifactError(`${file} is not valid JSON.`, { cause, remedy: 'Delete it and run npm run bench -- --write.' });
  }
}
