/** Runs for the report page's tests, put where a person's own are. */
import path from 'node:path';
import { exampleHeader, exampleRows, exampleRun } from '../../lib/evaluate/example-run.fixture.ts';
import { formatRun } from '../../lib/evaluate/run-file.ts';
import type { EvaluationRow } from '../../lib/messages/evaluation.ts';
import { writeFileAtomically } from '../../lib/system/write-file.ts';

/** A finished run of this name; 4 questions, one of each standing, and as many more as asked for on which both arms are right. */
export async function keepRun(id: string, more = 0, change: (rows: EvaluationRow[]) => EvaluationRow[] = (rows) => rows): Promise<void> {
  const run = exampleRun(change(exampleRows(more)), { ...exampleHeader, id, name: id });
  await writeFileAtomically(path.join(process.env.E2E_SCRIPTED_DATA_DIRECTORY!, 'evaluation', `${id}.json`), formatRun(run));
}
