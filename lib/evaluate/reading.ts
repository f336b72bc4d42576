/** Reading on public sets with the passage given, as lib/recipe/measure-reading.ts leaves it in docs/results/reading. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { DamagedArtifactError } from '../system/errors.ts';
import { groupBy } from './group-by.ts';
import { committedFolder } from './runs.ts';
import { ratioInterval } from './statistics/bootstrap.ts';

/** The sets, where a folder of public data holds them, what they are called in docs/results/reading, and what their questions are drawn by. */
export const READING_SETS = [
  { name: 'tydiqa-id', title: 'TyDi QA GoldP, Indonesian, valid', file: 'tydiqa-id/tydiqa_id.valid.json', language: 'id', clusters: 'paragraphs' },
  { name: 'idk-mrc', title: 'IDK-MRC, valid', file: 'idk-mrc/idk_mrc.valid.json', language: 'id', clusters: 'paragraphs' },
  { name: 'xquad-en', title: 'XQuAD, English', file: 'xquad-en/xquad.en.json', language: 'en', clusters: 'articles' },
] as const;

export const readingFile = (name: string): string => path.join(committedFolder(), 'reading', `${name}.json`);

/** As lib/recipe/reading-scores.ts leaves them: `f1` and `exact` are `null` where nothing answers, 0 and false where what has an answer was refused. */
const readingRow = z.object({ f1: z.number().nullable(), exact: z.boolean().nullable(), refused: z.boolean(), cluster: z.number() });
/** `of`: how many questions the set has; the rows may be a sample of them. */
const readingResult = z.object({ of: z.number().optional(), faithful: z.object({ share: z.number().nullable() }), rows: z.array(readingRow) });
type ReadingRow = z.infer<typeof readingRow>;

const answerable = ({ f1 }: ReadingRow): boolean => f1 !== null;

interface Column {
  readonly title: string;
  /** What a question adds; `null` where it does not count. */
  readonly score: (row: ReadingRow) => number | null;
  /** Says nothing new, or nothing at all, of a set that answers every question. */
  readonly needsUnanswerable: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: 'token F1 of the answerable', score: ({ f1 }) => f1, needsUnanswerable: false },
  { title: 'exact match of the answerable', score: ({ exact }) => (exact === null ? null : Number(exact)), needsUnanswerable: false },
  { title: 'F1 over all (SQuAD 2.0)', score: ({ f1, refused }) => f1 ?? Number(refused), needsUnanswerable: true },
  { title: 'exact match over all', score: ({ exact, refused }) => Number(exact ?? refused), needsUnanswerable: true },
  { title: 'refusal recall', score: (row) => (answerable(row) ? null : Number(row.refused)), needsUnanswerable: true },
  { title: 'refusal precision', score: (row) => (row.refused ? Number(!answerable(row)) : null), needsUnanswerable: true },
];

/** The committed reading results as a Markdown table; `null` when there are none. */
export async function readingMarkdown(): Promise<string | null> {
  const lines = (await Promise.all(READING_SETS.map(readingLine))).filter((line) => line !== null);
  if (lines.length === 0) return null;
  const head = ['set', 'questions (answerable)', ...COLUMNS.map(({ title }) => title), 'figures in the passage cited'];
  return [
    '**Reading**, the passage given, on public sets that were not trained on (TyDi QA: its training part was); the reader alone, merged into the weights as on the page; with 95 % intervals, drawn by the paragraphs or articles that a line names:',
    [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n'),
  ].join('\n\n');
}

async function readingLine({ name, title, clusters: unit }: (typeof READING_SETS)[number]): Promise<string[] | null> {
  const file = readingFile(name);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = readingResult.safeParse(JSON.parse(text));
  if (!parsed.success) throw new DamagedArtifactError(`${file} is no result of reading.`, { cause: parsed.error, remedy: 'npm run eval -- --all --public FOLDER --commit' });
  const { rows, faithful, of = rows.length } = parsed.data;
  const clusters = [...groupBy(rows, ({ cluster }) => cluster).values()];
  const [all, answered] = [rows.length, rows.filter(answerable).length];
  return [
    `${title} (${count(clusters.length)} ${unit})`,
    `${count(all)}${all < of ? ` of ${count(of)}` : ''} (${count(answered)})`,
    ...COLUMNS.map(({ score, needsUnanswerable }) => (needsUnanswerable && answered === all ? 'n/a' : share(clusters, score))),
    faithful.share === null ? 'n/a' : percent(faithful.share),
  ];
}

/** The mean over the rows that count, with its interval by cluster. */
function share(clusters: readonly (readonly ReadingRow[])[], score: Column['score']): string {
  const interval = ratioInterval(clusters.map((rows) => {
    const scores = rows.map(score).filter((one) => one !== null);
    return { numerator: scores.reduce((sum, one) => sum + one, 0), denominator: scores.length };
  }));
  return interval === null ? 'n/a' : `${percent(interval.value)} (${percent(interval.low)} - ${percent(interval.high)})`;
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const count = (value: number): string => value.toLocaleString('en');
