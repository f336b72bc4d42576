/**
 * Draws parts of the files of reader-examples.ts, one for each run of train-reader.ts whose adapters are averaged (average-adapters.ts):
 * `npx tsx lib/recipe/draw-rows.ts --rows FILE.jsonl [--rows ...] --data tydiqa_id.train.json --take english-articles=3500:500 --take own=1500 --parts 2 --output PREFIX [--seed 1] [--without FILE.jsonl ...]`.
 * A quota is of rows with an answer and, after the colon, of refused ones, over all parts; `indonesian-rules/en=900` takes only what is asked in English. Kinds are the files of `written`, and `own`, what TyDi QA itself asks
 * of a paragraph without written questions. Passages that a file named by `--without` has are left out. Writes PREFIX-1.jsonl and so on.
 */
import { parseArgs } from 'node:util';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Language } from '../answer/events.ts';
import { groupBy } from '../evaluate/group-by.ts';
import { identity, plainQuestion } from '../finetune/dataset.ts';
import { seededRandom } from '../finetune/random.ts';
import { BadInputError } from '../system/errors.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { formatJsonLines, readJsonLines } from '../workspace/json-lines.ts';
import { drawParts, passagesKey, type Quota } from './reader-draw.ts';
import { isRefused, type ReaderRow } from './reader-row.ts';
import { ARTICLES, writtenArticles, writtenTydiQuestions, type ArticleKind, type WrittenQuestions } from './reader-written.ts';
import { answeredParagraphs } from './squad.ts';

const OWN = 'own';
const KINDS = ['tydi-questions', ...Object.keys(ARTICLES), OWN];
const readerRows = z.object({ question: z.string(), answer: z.string(), language: z.enum(['id', 'en']), passages: z.array(z.object({ documentTitle: z.string(), text: z.string() })) });

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { rows: { ...text, multiple: true, default: [] as string[] }, data: text, output: text, take: { ...text, multiple: true, default: [] as string[] }, without: { ...text, multiple: true, default: [] as string[] }, parts: { ...text, default: '2' }, seed: { ...text, default: '1' } } });
  const parts = Number(values.parts);
  if (values.rows.length === 0 || !values.data || !values.output || values.take.length === 0 || !(Number.isInteger(parts) && parts > 0)) throw new BadInputError('Give --rows FILE, --data FILE, --output PREFIX, at least one --take KIND=ANSWERED:REFUSED, and --parts a whole number from 1.');
  const quotas = new Map(values.take.map(quotaOf));
  const kinds = await kindsOfQuestions(JSON.parse(await readFile(values.data, 'utf8')));
  const kindOf = (ofPassage: readonly ReaderRow[]): string | undefined => {
    const found = ofPassage.map(({ question }) => kinds.get(plainQuestion(question)));
    return found.find((kind) => kind !== undefined && kind !== OWN) ?? found.find((kind) => kind === OWN);
  };
  const seen = new Set((await readAll(values.without)).map(passagesKey));
  // A question on the same passages stands in the files of several rounds.
  const once = [...groupBy(await readAll(values.rows), identity).values()].map(([row]) => row);
  const drawn = drawParts(once, kindOf, quotas, seen, parts, seededRandom(Number(values.seed)));
  for (const [index, rows] of drawn.entries()) {
    const file = `${values.output}-${index + 1}.jsonl`;
    await writeFileAtomically(file, formatJsonLines(rows));
    console.log(`${file}: ${rows.length} rows, ${rows.filter(isRefused).length} refused, ${new Set(rows.map(passagesKey)).size} passages`);
  }
}

const readAll = async (files: readonly string[]): Promise<ReaderRow[]> => (await Promise.all(files.map((file) => readJsonLines(file, readerRows)))).flat();

function quotaOf(take: string): [string, Quota] {
  const [, kind, language, answered, refused = '0'] = /^([a-z-]+)(?:\/(id|en))?=(\d+)(?::(\d+))?$/.exec(take) ?? [];
  if (!KINDS.includes(kind) || Number(answered) === 0) throw new BadInputError(`"--take ${take}" is not KIND=ANSWERED:REFUSED or KIND/LANGUAGE=ANSWERED:REFUSED with an ANSWERED from 1.`, { remedy: `The kinds are ${KINDS.join(', ')}, the languages id and en.` });
  return [kind, { answered: Number(answered), refused: Number(refused), ...(language && { language: language as Language }) }];
}

/** Kinds by question. */
async function kindsOfQuestions(data: unknown): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map<string, string>();
  const add = (kind: string, questions: readonly string[]): void => questions.forEach((question) => kinds.set(plainQuestion(question), kinds.get(plainQuestion(question)) ?? kind));
  const asked = ({ answerable, unanswerable }: WrittenQuestions): string[] => [...answerable.map(({ question }) => question), ...unanswerable];
  for (const questions of await writtenTydiQuestions()) add('tydi-questions', asked(questions));
  for (const kind of Object.keys(ARTICLES) as ArticleKind[]) {
    for (const article of await writtenArticles(kind)) add(kind, [...asked(article), ...article.inOwnWords.map(({ question }) => question), ...article.unanswerableInEnglish]);
  }
  add(OWN, answeredParagraphs.parse(data).flatMap(({ qas }) => qas.map(({ question }) => question)));
  return kinds;
}

await main();
