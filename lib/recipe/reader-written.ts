/**
 * Reading material written question by question for this project (lib/recipe/written): further questions on paragraphs of TyDi QA's
 * training part, and articles of our own with theirs. Each passage has questions it answers, in other words than its own, and questions it
 * only seems to answer: a word changed or added, another name, two things mixed up. Rules (reader-alterations.ts) make neither well.
 */
import path from 'node:path';
import { z } from 'zod';
import type { Language } from '../answer/events.ts';
import { shuffled, type Random } from '../finetune/random.ts';
import type { PromptPassage } from '../prompt/rag.ts';
import { readJsonLines } from '../workspace/json-lines.ts';
import { contextWords, readerRow, untitled, wordCount, type ReaderRow } from './reader-row.ts';
import { taughtAnswer } from './reader-tydi.ts';

const text = z.string().trim().min(1);
const questions = z.object({
  /** Answers stand in the passage word for word. */
  answerable: z.array(z.object({ question: text, answer: text })),
  unanswerable: z.array(text),
});
const tydiQuestions = questions.extend({ id: text });
const article = questions.extend({ title: text, passage: text });

export type WrittenQuestions = z.output<typeof questions>;
export type TydiQuestions = z.output<typeof tydiQuestions>;
export type Article = z.output<typeof article>;

const file = (name: string): string => path.join(import.meta.dirname, 'written', name);
/** Questions on paragraphs of TyDi QA, by the id of the question that the set asks of them. */
export const writtenTydiQuestions = (): Promise<TydiQuestions[]> => readJsonLines(file('tydi-questions.jsonl'), tydiQuestions);
/** English articles; Indonesian ones; sections of invented rules, fees and deadlines, in Indonesian. */
export type ArticleKind = 'english-articles' | 'indonesian-articles' | 'indonesian-rules';
export const writtenArticles = (kind: ArticleKind): Promise<Article[]> => readJsonLines(file(`${kind}.jsonl`), article);

const tydi = z.array(z.object({ context: z.string(), qas: z.array(z.object({ id: z.string(), question: z.string(), answers: z.array(z.object({ text: z.string() })).min(1) })) }));
/** Share of the passages that are shown with another beside them, as a search would bring one: all questions of a passage are asked of the same text. */
const ACCOMPANIED = 0.12;
const TITLED = 0.25;
/** Of two passages together. */
const MOST_WORDS = 260;

/**
 * Rows of the questions written on TyDi QA's paragraphs and of the set's own beside them; of the unanswerable ones the share `unanswered`.
 * Paragraphs of more than `longest` words are left out. Throws when one names a question the data does not have.
 */
export function writtenTydiRows(data: unknown, written: readonly TydiQuestions[], unanswered: number, random: Random, longest = Infinity): ReaderRow[] {
  const known = new Map(tydi.parse(data).flatMap(({ context, qas }) => qas.map(({ id, question, answers: [{ text: answer }] }) => [id, { context, question: question.trim(), answer: taughtAnswer(answer) }] as const)));
  return rowsOf(written.flatMap(({ id, answerable, unanswerable }) => {
    const source = known.get(id);
    if (!source) throw new Error(`TyDi QA has no question "${id}".`);
    if (wordCount(source.context) > longest) return [];
    const own = source.answer === null ? [] : [{ question: source.question, answer: source.answer }];
    return { answerable: [...own, ...answerable], unanswerable: unanswerable.filter(() => random() < unanswered), passage: untitled(source.context) };
  }), 'id', random);
}

/** Rows of articles; of the unanswerable questions the share `unanswered`. */
export function writtenArticleRows(articles: readonly Article[], language: Language, unanswered: number, random: Random): ReaderRow[] {
  return rowsOf(articles.map(({ title, passage, answerable, unanswerable }) =>
    ({ answerable, unanswerable: unanswerable.filter(() => random() < unanswered), passage: { documentTitle: random() < TITLED ? title : '', text: passage } })), language, random);
}

function rowsOf(articles: readonly (WrittenQuestions & { passage: PromptPassage })[], language: Language, random: Random): ReaderRow[] {
  return articles.flatMap(({ passage, answerable, unanswerable }) => {
    const other = articles[Math.floor(random() * articles.length)].passage;
    const both = other !== passage && random() < ACCOMPANIED && contextWords([passage, other]) <= MOST_WORDS;
    const shown = both ? shuffled([passage, other], random) : [passage];
    return [
      ...answerable.map(({ question, answer }) => readerRow(question, answer, language, shown, passage)),
      ...unanswerable.map((question) => readerRow(question, '', language, shown, null)),
    ];
  });
}
