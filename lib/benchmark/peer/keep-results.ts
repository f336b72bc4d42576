import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from '../../system/write-file.ts';

/** Replaces the parts that were measured; the others stay as they were. */
export async function keepResults(file: string, results: Readonly<Record<string, unknown>>): Promise<void> {
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  await writeFileAtomically(file, `${JSON.stringify({ ...before, ...results }, null, 2)}\n`);
}
