/**
 * How often a search finds the right article in statutes of which successive versions compete:
 * `npx tsx lib/recipe/measure-retrieval-law.ts --data FOLDER [--data FOLDER] [--index FOLDER] [--without glossary] [--misses]`.
 * The law itself is not part of the project; the questions, in lib/recipe/law-questions.jsonl, are.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openDocumentIndex } from '../retrieve/index.ts';
import { readQuestion, searchSnapshot, type Found } from '../retrieve/search.ts';
import { readSnapshot } from '../retrieve/snapshot.ts';
import { yearsNamed } from '../retrieve/validity.ts';
import { BadInputError } from '../system/errors.ts';
import { readDocuments } from '../workspace/documents.ts';
import { readJsonLines } from '../workspace/json-lines.ts';
import { openWorkspace } from '../workspace/workspace.ts';

const QUESTION = z.object({
  id: z.string(),
  language: z.enum(['id', 'en']),
  question: z.string(),
  /** Any of these articles, as that document states or explains it, answers the question. */
  answers: z.array(z.object({ document: z.string(), provision: z.string() })).min(1),
});
type LawQuestion = z.output<typeof QUESTION>;

/** The day the questions were written for. */
const TODAY = '2026-11-22';
const DEPTH = 50;
const PARTS = ['abbreviations', 'glossary', 'validity'] as const;

const OPTIONS = {
  data: { type: 'string', multiple: true },
  index: { type: 'string' },
  questions: { type: 'string', default: path.join(import.meta.dirname, 'law-questions.jsonl') },
  workspace: { type: 'string', default: 'pajak' },
  without: { type: 'string', multiple: true, default: [] as string[] },
  misses: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (!values.data?.length) throw new BadInputError('Say where the law is.', { remedy: 'npx tsx lib/recipe/measure-retrieval-law.ts --data FOLDER' });
  const unknown = values.without.find((part) => !PARTS.some((known) => known === part));
  if (unknown) throw new BadInputError(`There is no part "${unknown}" to leave out.`, { remedy: `Choose from: ${PARTS.join(', ')}.` });
  const without = (part: (typeof PARTS)[number]) => values.without.includes(part);
  const documents = (await Promise.all(values.data.map((folder) => readDocuments(folder)))).flatMap((read) => read.documents);
  const questions = await readJsonLines(values.questions, QUESTION);
  const { definition } = await openWorkspace(values.workspace);
  const folder = values.index ?? (await mkdtemp(path.join(tmpdir(), 'measure-law-')));
  const embedder = sharedEmbedder();
  try {
    const index = openDocumentIndex({ folder, embedder });
    // One at a time: a run that is stopped goes on, with --index, where it was.
    for (const [at, document] of documents.entries()) await index.put([document], (done, total) => process.stderr.write(`\rtext ${at + 1} of ${documents.length}, chunk ${done} of ${total}   `));
    const { chunks } = await index.statistics();
    const snapshot = await readSnapshot({ folder });
    const searched = without('validity') ? { ...snapshot, validity: new Map() } : snapshot;
    const abbreviations = without('abbreviations') ? {} : definition.abbreviations;
    const glossary = without('glossary') ? {} : definition.glossary;
    const read = questions.map(({ question }) => readQuestion(question, searched.validity.size > 0, abbreviations, glossary));
    const vectors = await embedder.embed(read.map(({ expanded }) => expanded), 'query');
    const everything = await Promise.all(questions.map((_, index) => searchSnapshot(searched, read[index], vectors[index], TODAY, DEPTH)));
    const ranks = questions.map((asked, index) => {
      const found = everything[index];
      const isRight = ({ id }: Found, explanations: boolean) => {
        const { documentId, provision, explains } = snapshot.records.get(id)!;
        return (explanations || !explains) && asked.answers.some((answer) => answer.document === documentId && answer.provision === provision);
      };
      const rankBy = (score: (one: Found) => number | null, explanations = true) => {
        const ranked = found.filter((one) => score(one) !== null).sort((a, b) => score(b)! - score(a)!);
        return ranked.findIndex((one) => isRight(one, explanations)) + 1 || Infinity;
      };
      const fused = rankBy(({ score }) => score);
      if (values.misses && fused > 5) console.log(missed(asked, fused, found, (id) => snapshot.records.get(id)!));
      return { asked, embedding: rankBy(({ cosine }) => cosine), bm25: rankBy(({ bm25 }) => bm25), fused, 'text only': rankBy(({ score }) => score, false) };
    });
    const groups: Record<string, (asked: LawQuestion) => boolean> = {
      'no year, Indonesian': ({ language, question }) => language === 'id' && !yearsNamed(question).length,
      'no year, English': ({ language, question }) => language === 'en' && !yearsNamed(question).length,
      'a year named': ({ question }) => yearsNamed(question).length > 0,
      all: () => true,
    };
    process.stderr.write('\n');
    for (const [name, belongs] of Object.entries(groups)) {
      const inGroup = ranks.filter(({ asked }) => belongs(asked));
      const cells = (['embedding', 'bm25', 'fused', 'text only'] as const).map((search) => {
        const recall = (k: number) => (inGroup.filter((row) => row[search] <= k).length / inGroup.length).toFixed(3);
        return `${search} ${recall(1)} / ${recall(5)} / ${recall(10)}`;
      });
      console.log(`${name.padEnd(20)} n=${String(inGroup.length).padEnd(3)} recall@1 / @5 / @10: ${cells.join('   ')}`);
    }
    const holding = [...snapshot.validity.values()].filter(({ until }) => until === null).length;
    console.log(`${documents.length} documents, ${chunks} chunks, ${holding} of them in force; right article anywhere in the first 50: ${ranks.filter(({ fused }) => fused < Infinity).length} of ${ranks.length}`);
  } finally {
    await embedder.close();
    if (!values.index) await rm(folder, { recursive: true, force: true });
  }
}

function missed({ id, question, answers }: LawQuestion, rank: number, found: readonly Found[], recordOf: (id: string) => { documentId: string; provision?: string }): string {
  const got = found.slice(0, 5).map((one) => `${recordOf(one.id).documentId} ${recordOf(one.id).provision}`);
  return `missed ${id} (rank ${rank}): ${question} -> ${answers.map(({ document, provision }) => `${document} ${provision}`).join(' or ')}; found ${got.join(', ')}`;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
