/** A finished run as one JSON file: valid JSON, one row a line, so that a diff shows which answers have changed. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { EvaluationRun } from '../messages/evaluation.ts';
import { DamagedArtifactError } from '../system/errors.ts';
import { writeFileAtomically } from '../system/write-file.ts';

export const writeRun = (file: string, run: EvaluationRun): Promise<void> => writeFileAtomically(file, formatRun(run));

/** The text of a run's file: JSON with an entry of its lists a line, so that two runs can be compared line by line. */
export function formatRun(run: EvaluationRun): string {
  const fields = Object.entries(run).map(([name, value]) => {
    const inLines = Array.isArray(value) && value.length > 0;
    return `${JSON.stringify(name)}:${inLines ? `[\n${value.map((each) => JSON.stringify(each)).join(',\n')}\n]` : JSON.stringify(value)}`;
  });
  return `{${fields.join(',\n')}}\n`;
}

/** Enough to know a run from another file; what is inside is of our own writing. */
const runFile = z.looseObject({
  header: z.looseObject({ format: z.literal(1), id: z.string(), name: z.string(), startedAt: z.string(), planned: z.number(), settings: z.looseObject({ arms: z.array(z.string()) }) }),
  scores: z.array(z.looseObject({})),
  rows: z.array(z.looseObject({ id: z.string(), arms: z.record(z.string(), z.looseObject({})) })),
});

/** DamagedArtifactError for a file that is no run. */
export async function readRunFile(file: string): Promise<EvaluationRun> {
  try {
    return runFile.parse(JSON.parse(await readFile(/* turbopackIgnore: true */ file, 'utf8'))) as unknown as EvaluationRun;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw cause;
    throw new DamagedArtifactError(`${file} is not the file of an evaluation.`, { cause, remedy: 'npm run eval -- --workspace NAME' });
  }
}
