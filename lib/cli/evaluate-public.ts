/** The public reading sets, each in a process of its own, since it loads the model for itself. */
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { READING_SETS, readingFile } from '../evaluate/reading.ts';
import { BadInputError } from '../system/errors.ts';
import { ownFolder } from '../evaluate/runs.ts';

export interface PublicSettings {
  readonly folder: string;
  /** Only so many of each set, evenly chosen; `null` for all. */
  readonly sample: number | null;
  /** Whether the results are the project's own or a person's. */
  readonly commit: boolean;
}

/** The worst status of all. Sets that the folder does not hold are named and passed over; BadInputError when it holds none. */
export async function measurePublicSets({ folder, sample, commit }: PublicSettings, signal: AbortSignal): Promise<number> {
  const isThere = (file: string): Promise<boolean> => stat(file).then((found) => found.isFile(), () => false);
  const found = await Promise.all(READING_SETS.map(async (set) => ({ ...set, data: path.join(folder, set.file), there: await isThere(path.join(folder, set.file)) })));
  if (!found.some(({ there }) => there)) throw new BadInputError(`${folder} holds none of ${READING_SETS.map(({ file }) => file).join(', ')}.`, { remedy: 'Give --public the folder that holds the public sets.' });
  for (const { file, there } of found) if (!there) console.error(`Passed over: there is no ${file} in ${folder}.`);
  let status = 0;
  for (const { name, language, data, there } of found) {
    if (!there || signal.aborted) continue;
    console.error(`\n${name}`);
    const output = commit ? readingFile(name) : path.join(ownFolder(), 'reading', `${name}.json`);
    status = Math.max(status, await run(['lib/recipe/measure-reading.ts', '--data', data, '--language', language, '--output', output, ...(sample === null ? [] : ['--limit', String(sample)])], signal));
  }
  return signal.aborted ? 130 : status;
}

/** As this process runs TypeScript, so does the other one. */
function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: 'inherit', signal });
    child.once('error', (error) => (signal.aborted ? resolve(130) : reject(error)));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
