/**
 * Makes training examples for reading from a question-answering set in SQuAD's format: the passage that answers, alone or
 * among others that do not, and questions whose passages hold no answer, to be refused in the fixed sentence.
 * Mixed with examples of our own making (reader-material.ts).
 * `npx tsx lib/recipe/reader-examples.ts --data tydiqa_id.train.json --output FILE.jsonl [--count 900] [--own 900] [--seed 1]`
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import MiniSearch from 'minisearch';
import { z } from 'zod';
import { seededRandom, shuffled } from '../finetune/random.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { chunkDocument } from '../retrieve/chunk.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { readerMaterial } from './reader-material.ts';
import type { ReaderRow } from './reader-material.ts';

const dataset = z.array(z.object({
  context: z.string(),
  qas: z.array(z.object({ question: z.string(), answers: z.array(z.object({ text: z.string(), answer_start: z.number() })).min(1) })),
}));

/** Shares of the kinds of example; the rest has the answering passage alone. */
const UNANSWERABLE = 0.1;
const AMONG_OTHERS = 0.35;
/** Longer answers teach copying of whole sentences and cost the most. */
const LONGEST_ANSWER_WORDS = 30;
/** Two passages of the usual length; what does not fit the trainer's 512 tokens is left out. */
const LONGEST_CONTEXT_WORDS = 230;

interface Source {
  readonly article: number;
  readonly question: string;
  readonly answer: string;
  readonly passage: string;
}

/** Every question with the chunk of its passage that holds the answer. */
function sources(paragraphs: z.output<typeof dataset>): { questions: Source[]; passages: { id: number; article: number; text: string }[] } {
  const questions: Source[] = [];
  const passages: { id: number; article: number; text: string }[] = [];
  for (const [article, { context, qas }] of paragraphs.entries()) {
    const chunks = chunkDocument({ title: '', text: context });
    for (const { text } of chunks) passages.push({ id: passages.length, article, text });
    for (const { question, answers: [{ text: answer, answer_start: start }] } of qas) {
      const chunk = chunks.find((candidate) => start >= candidate.start && start + answer.length <= candidate.end);
      if (chunk && answer.split(/\s+/).length <= LONGEST_ANSWER_WORDS) questions.push({ article, question, answer: answer.trim(), passage: chunk.text });
    }
  }
  return { questions, passages };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, output: { type: 'string' }, count: { type: 'string', default: '900' }, own: { type: 'string', default: '900' }, seed: { type: 'string', default: '1' } } });
  if (!values.data || !values.output) throw new Error('Give --data FILE and --output FILE.');
  const random = seededRandom(Number(values.seed));
  const { questions, passages } = sources(dataset.parse(JSON.parse(await readFile(values.data, 'utf8'))));
  const search = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  search.addAll(passages);
  /** Passages of other articles that look most like an answer: what a wrong retrieval brings. */
  const misleading = (source: Source, count: number): string[] =>
    search.search(source.question).map(({ id }) => passages[id as number]).filter((passage) => passage.article !== source.article && !passage.text.includes(source.answer)).slice(0, count).map(({ text }) => text);

  const rows: ReaderRow[] = [];
  const asked = new Set<string>();
  for (const source of shuffled(questions, random)) {
    if (rows.length === Number(values.count)) break;
    const draw = random();
    const others = draw < UNANSWERABLE + AMONG_OTHERS ? misleading(source, draw < UNANSWERABLE ? 1 + Math.floor(random() * 2) : 1) : [];
    const answered = draw >= UNANSWERABLE || others.length === 0;
    const shown = answered ? [source.passage, ...others] : others;
    if (random() < 0.5) shown.reverse();
    const plain = source.question.toLowerCase().replace(/\W+/g, ' ').trim();
    if (asked.has(plain)) continue;
    if (shown.join(' ').split(/\s+/).length > LONGEST_CONTEXT_WORDS) continue;
    asked.add(plain);
    rows.push({ question: source.question, answer: answered ? source.answer : REFUSAL.id, language: 'id', passages: shown });
  }
  const mixture = shuffled([...rows, ...readerMaterial(Number(values.own), random)], random);
  await writeFileAtomically(values.output, `${mixture.map((row) => JSON.stringify(row)).join('\n')}\n`);
  console.log(`${rows.length} examples from ${values.data} and ${mixture.length - rows.length} of our own in ${values.output}`);
}

await main();
