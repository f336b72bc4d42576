/** Reading on public sets with the passage given, as lib/recipe/measure-reading.ts leaves it in docs/results/reading. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { DamagedArtifactError } from '../system/errors.ts';
import { ratioInterval } from './statistics/bootstrap.ts';
import { committedFolder } from './runs.ts';

/** The sets, where a folder of public data holds them, and what they are called in docs/results/reading. */
export const READING_SETS = [
  { name: 'tydiqa-id', title: 'TyDi QA GoldP, Indonesian, valid', file: 'tydiqa-id/tydiqa_id.valid.json', language: 'id' },
  { name: 'idk-mrc', title: 'IDK-MRC, valid', file: 'idk-mrc/idk_mrc.valid.json', language: 'id' },
  { name: 'xquad-en', title: 'XQuAD, English', file: 'xquad-en/xquad.en.json', language: 'en' },
] as const;

export const readingFile = (name: string): string => path.join(committedFolder(), 'reading', `${name}.json`);

const readingResult = z.object({
  adapters: z.array(z.string()),
  tooLong: z.number(),
  refusal: z.object({ precision: z.number().nullable(), recall: z.number().nullable(), unanswerable: z.number() }),
  faithful: z.object({ share: z.number().nullable() }),
  citation: z.object({ share: z.number().nullable() }),
  rows: z.array(z.object({ f1: z.number().nullable(), exact: z.boolean().nullable() })),
});

/** The committed reading results as a Markdown table; `null` when there are none. */
export async function readingMarkdown(): Promise<string | null> {
  const lines = (await Promise.all(READING_SETS.map(({ name, title }) => readingLine(title, readingFile(name))))).filter((line) => line !== null);
  if (lines.length === 0) return null;
  return [
    '**Reading**, the passage given, on public sets that were not trained on (TyDi QA: its training part was); the reader alone, merged into the weights as on the page; with 95 % intervals:',
    ['| set | n | token F1 | exact match | refusal recall | refusal precision | cites the right passage | figures in the passage cited |', '|---|---|---|---|---|---|---|---|', ...lines].join('\n'),
  ].join('\n\n');
}

async function readingLine(title: string, file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = readingResult.safeParse(JSON.parse(text));
  if (!parsed.success) throw new DamagedArtifactError(`${file} is no result of reading.`, { cause: parsed.error, remedy: 'npm run eval -- --all --public FOLDER --commit' });
  const { rows, refusal, faithful, citation } = parsed.data;
  const mean = (values: readonly (number | null)[]): string => {
    const interval = ratioInterval(values.filter((value) => value !== null).map((numerator) => ({ numerator, denominator: 1 })));
    return interval === null ? 'n/a' : `${percent(interval.value)} (${percent(interval.low)} - ${percent(interval.high)})`;
  };
  const cells = [title, String(rows.length), mean(rows.map(({ f1 }) => f1)), mean(rows.map(({ exact }) => (exact === null ? null : Number(exact)))), ...[refusal.unanswerable === 0 ? null : refusal.recall, refusal.unanswerable === 0 ? null : refusal.precision, citation.share, faithful.share].map((share) => (share === null ? 'n/a' : percent(share)))];
  return `| ${cells.join(' | ')} |`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
