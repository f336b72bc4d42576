/**
 * Makes the examples the reader is trained on: TyDi QA (reader-tydi.ts), invented regulations (reader-material.ts) and
 * statutes (reader-statutes.ts), and English paragraphs (reader-english.ts), mixed. The same data, numbers and seed give the same file.
 * `npx tsx lib/recipe/reader-examples.ts --data tydiqa_id.train.json --output FILE.jsonl [--round 1] [--seed 1]`;
 * the second round takes other questions of TyDi QA than the first, the third all of them, the seventh those written on its paragraphs and the written articles too.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { identity, type Encode } from '../finetune/dataset.ts';
import { seededRandom, shuffled, type Random } from '../finetune/random.ts';
import { ragContext, ragPrompt } from '../prompt/rag.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { loadTokenizer } from '../tokenizer/tokenizer.ts';
import { englishMaterial } from './reader-english.ts';
import { readerMaterial } from './reader-material.ts';
import { isRefused, type ReaderRow } from './reader-row.ts';
import { statuteMaterial } from './reader-statutes.ts';
import { tydiRows } from './reader-tydi.ts';
import { GUIDES, writtenArticleRows, writtenArticles, writtenGuideRows, writtenTydiQuestions, writtenTydiRows, type ArticleKind } from './reader-written.ts';

/**
 * Rows of each kind. The first round refused a third of English questions that have an answer: the second asks real passages in
 * English too and refuses few of the invented ones. After it, answers from statutes picked a neighbouring figure, took a reference for the
 * answer, or refused what a yes or no would have answered: the third goes through everything once more, with statutes of our own. The fourth, of altered questions,
 * and the fifth, of the first written ones, were not kept (docs/experiments/reading.md); the sixth asked what was written question by question, the seventh
 * all that has been written since, the tenth the same, oftener with a second passage beside it.
 */
const ROUNDS = {
  1: { from: 0, alone: 2300, among: 330, altered: 960, misled: 260, regulations: 450, statutes: 0, english: 560, unanswered: 0.3 },
  2: { from: 2630, inEnglish: 0.6, alone: 800, among: 40, altered: 600, misled: 50, regulations: 30, statutes: 0, english: 160, unanswered: 0.06 },
  3: { from: 0, inEnglish: 0.12, alone: 4100, among: 600, altered: 1500, misled: 200, regulations: 350, statutes: 1500, english: 1100, unanswered: 0.12 },
  4: { from: 0, inEnglish: 0.2, longestPassage: 110, strict: true, alone: 3200, among: 300, altered: 2700, misled: 150, regulations: 150, statutes: 450, english: 1000, unanswered: 0.25 },
  7: { from: 0, inEnglish: 0.1, alone: 500, among: 200, altered: 0, misled: 60, regulations: 120, statutes: 600, english: 120, unanswered: 0.1, written: { longest: 200, unanswered: 0.6, rulesUnanswered: 0.8, accompanied: 0.12 } },
  10: { from: 0, alone: 0, among: 0, altered: 0, misled: 0, regulations: 0, statutes: 0, english: 0, unanswered: 0, written: { longest: 200, unanswered: 0.6, rulesUnanswered: 0.8, accompanied: 0.35 } },
};
/** What the trainer takes of prompt and answer together, less the two tokens around them. */
const MOST_TOKENS = 505;
/** Of them, the passages of a guide; its questions and answers are longer than most. */
const MOST_GUIDE_TOKENS = 440;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, output: { type: 'string' }, round: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } } });
  if (!values.data || !values.output) throw new Error('Give --data FILE and --output FILE.');
  const random = seededRandom(Number(values.seed));
  const counts = ROUNDS[Number(values.round) as keyof typeof ROUNDS];
  if (!counts) throw new Error(`There is no round ${values.round}; there are ${Object.keys(ROUNDS).join(', ')}.`);
  const { encode } = await loadTokenizer();
  const data: unknown = JSON.parse(await readFile(values.data, 'utf8'));
  const kinds = {
    tydi: tydiRows(data, counts, random),
    regulations: readerMaterial(counts.regulations, random),
    english: englishMaterial(counts.english, random, counts.unanswered),
    statutes: statuteMaterial(counts.statutes, random),
    ...('written' in counts && (await writtenRows(data, counts.written, encode, random))),
  };
  const written = new Map<string, string>();
  let tokens = 0;
  for (const [kind, rows] of Object.entries(kinds)) {
    let [kept, refused, longest] = [0, 0, 0];
    for (const row of rows) {
      const length = encode(ragPrompt(row.question, row.passages, row.language)).length + encode(` ${row.answer}`).length;
      if (length > MOST_TOKENS) continue;
      // Training takes questions that differ only in case and punctuation for one.
      if (written.has(identity(row))) continue;
      written.set(identity(row), JSON.stringify(row));
      tokens += length + 2;
      kept += 1;
      refused += Number(isRefused(row));
      longest = Math.max(longest, length);
    }
    console.log(`${kind}: ${kept} rows, ${refused} refused, longest ${longest} tokens`);
  }
  await writeFileAtomically(values.output, `${shuffled([...written.values()], random).join('\n')}\n`);
  console.log(`${written.size} rows, ${tokens} tokens in ${values.output}`);
}

/** Shares of the unanswerable questions, and of the passages that are shown with another beside them, as a search would bring one; TyDi QA's paragraphs are taken up to `longest` words, articles whole. */
interface Written { readonly longest: number; readonly unanswered: number; readonly rulesUnanswered: number; readonly accompanied: number }

async function writtenRows(data: unknown, { longest, unanswered, rulesUnanswered, accompanied }: Written, encode: Encode, random: Random): Promise<Record<string, ReaderRow[]>> {
  const rows = async (kind: ArticleKind, share: number): Promise<ReaderRow[]> => writtenArticleRows(await writtenArticles(kind), share, accompanied, random);
  return {
    'written on TyDi QA': writtenTydiRows(data, await writtenTydiQuestions(), unanswered, accompanied, random, longest),
    'written English': await rows('english-articles', unanswered),
    'written Indonesian': await rows('indonesian-articles', unanswered),
    'written rules': await rows('indonesian-rules', rulesUnanswered),
    'written guides': writtenGuideRows(await writtenArticles(GUIDES), rulesUnanswered, random, (shown) => encode(ragContext(shown, 'id')).length <= MOST_GUIDE_TOKENS),
    'planted English': await rows('planted-english', 1),
    'planted Indonesian': await rows('planted-indonesian', 1),
  };
}

await main();
