/** The README's table of results: made from the committed runs, so that the two cannot differ. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { EvaluationRun } from '../messages/evaluation.ts';
import { DamagedArtifactError } from '../system/errors.ts';
import { projectRoot } from '../system/paths.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { accuracyTable, draftSentences, isMainPair, leakSentence, metricTable, pairTable, partSentences } from './markdown.ts';
import { readingMarkdown } from './reading.ts';
import { readRunFile } from './run-file.ts';
import { committedFolder } from './runs.ts';

export const BEGIN = '<!-- results: made by `npm run eval -- --readme`, not by hand -->';
export const END = '<!-- end of results -->';

const readmeFile = (): string => path.join(projectRoot(), 'README.md');

/** The README with the table of the committed runs. Whether that changed it. */
export async function updateReadme(): Promise<boolean> {
  const text = await readFile(readmeFile(), 'utf8');
  const updated = withResults(text, await committedResults());
  if (updated === text) return false;
  await writeFileAtomically(readmeFile(), updated);
  return true;
}

/** What the committed results come to, as the README shows it. */
export async function committedResults(): Promise<string> {
  const [runs, reading] = [await committedRuns(), await readingMarkdown()];
  if (runs.length === 0 && reading === null) return 'No run is committed yet.';
  return [...runs.map(runSection), ...(reading === null ? [] : [reading])].join('\n\n');
}

/** The runs that ship, in the order of the README. */
export async function committedRuns(): Promise<EvaluationRun[]> {
  const names = (await readdir(committedFolder()).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const runs = await Promise.all(names.map((name) => readRunFile(path.join(committedFolder(), name))));
  // The demo first, then the others by name.
  return runs.sort((one, other) => Number(other.header.name === 'pajak') - Number(one.header.name === 'pajak'));
}

/** Puts the results between the README's two marks. DamagedArtifactError when they are not there. */
export function withResults(readme: string, results: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new DamagedArtifactError('README.md has no place for the results.', { remedy: `Put the lines "${BEGIN}" and "${END}" where the table is to stand.` });
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${results}\n\n${readme.slice(end)}`;
}

function runSection(run: EvaluationRun): string {
  const { header, answered, rows, pairs } = run;
  const [questions, facts] = [new Set(rows.map(({ id }) => id)).size, new Set(rows.map(({ cluster }) => cluster)).size];
  const answers = answered > questions ? ` (${answered} answers of each arm)` : '';
  const date = new Date(header.startedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const main = pairs.filter((pair) => pair.group !== 'all' && isMainPair(pair));
  return [
    `**${header.name}**: ${questions} questions${answers} about ${facts} facts, ${date}, ${header.machine.cores} cores; every answer is in [docs/results/${header.name}.json](docs/results/${header.name}.json). ${[...partSentences(header), 'Accuracy, with 95 % intervals:'].join(' ')}`,
    accuracyTable(run, (group) => !group.startsWith('language:')),
    metricTable(run, { reasons: false }),
    ...(main.length === 0 ? [] : ['RAG against fine-tuning, in percentage points:', pairTable(main)]),
    leakSentence(run),
    ...draftSentences(run),
  ].join('\n\n');
}
