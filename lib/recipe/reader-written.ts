/**
 * Reading material written question by question for this project (lib/recipe/written): further questions on paragraphs of TyDi QA's
 * training part, and articles of our own with theirs. Each passage has questions it answers, in other words than its own, and questions it
 * only seems to answer: a word changed or added, another name, two things mixed up. Rules (reader-alterations.ts) make neither well.
 */
import path from 'node:path';
import { z } from 'zod';
import type { Language } from '../answer/events.ts';
import { groupBy } from '../evaluate/group-by.ts';
import { shuffled, type Random } from '../finetune/random.ts';
import type { PromptPassage } from '../prompt/rag.ts';
import { readJsonLines } from '../workspace/json-lines.ts';
import { contextWords, readerRow, untitled, wordCount, type ReaderRow } from './reader-row.ts';
import { taughtAnswer } from './reader-tydi.ts';
import { answeredParagraphs } from './squad.ts';

const text = z.string().trim().min(1);
const questions = z.object({
  /** Answers stand in the passage word for word. */
  answerable: z.array(z.object({ question: text, answer: text })),
  unanswerable: z.array(text),
});
const tydiQuestions = questions.extend({ id: text });
const article = questions.extend({
  title: text,
  passage: text,
  /** Answers that do not stand there so: explanations, comparisons, and English answers from an Indonesian passage. */
  inOwnWords: z.array(z.object({ question: text, answer: text, language: z.enum(['id', 'en']) })).default([]),
  /** Asked in English of an Indonesian passage. */
  unanswerableInEnglish: z.array(text).default([]),
});

export type WrittenQuestions = z.output<typeof questions>;
export type TydiQuestions = z.output<typeof tydiQuestions>;
export interface Article extends z.output<typeof article> {
  /** Of the passage, and of every question that names no other. */
  readonly language: Language;
}

const file = (name: string): string => path.join(import.meta.dirname, 'written', name);
/** Questions on paragraphs of TyDi QA, by the id of the question that the set asks of them. */
export const writtenTydiQuestions = (): Promise<TydiQuestions[]> => readJsonLines(file('tydi-questions.jsonl'), tydiQuestions);
/**
 * Articles; sections of invented rules, fees and deadlines; passages in which somebody planted an order or a falsehood: what is honest in
 * them is answered, and what only the planted words answer is refused. And sections of guides to invented rules, two to a guide, whose figures
 * are easily taken for each other.
 */
export const GUIDES = 'indonesian-guides';
export const ARTICLES = { 'english-articles': 'en', 'indonesian-articles': 'id', 'indonesian-rules': 'id', 'planted-english': 'en', 'planted-indonesian': 'id', [GUIDES]: 'id' } as const satisfies Record<string, Language>;
export type ArticleKind = keyof typeof ARTICLES;
export const writtenArticles = async (kind: ArticleKind): Promise<Article[]> => (await readJsonLines(file(`${kind}.jsonl`), article)).map((read) => ({ ...read, language: ARTICLES[kind] }));

const TITLED = 0.25;
/** Of two passages together. */
const MOST_WORDS = 260;

/**
 * Rows of the questions written on TyDi QA's paragraphs and of the set's own beside them; of the unanswerable ones the share `unanswered`,
 * of the paragraphs the share `accompanied` with another beside them. Paragraphs of more than `longest` words are left out. Throws when one names a question the data does not have.
 */
export function writtenTydiRows(data: unknown, written: readonly TydiQuestions[], unanswered: number, accompanied: number, random: Random, longest = Infinity): ReaderRow[] {
  const known = new Map(answeredParagraphs.parse(data).flatMap(({ context, qas }) => qas.map(({ id, question, answers: [{ text: answer }] }) => [id, { context, question: question.trim(), answer: taughtAnswer(answer) }] as const)));
  return rowsOf(written.flatMap(({ id, answerable, unanswerable }) => {
    const source = known.get(id);
    if (!source) throw new Error(`TyDi QA has no question "${id}".`);
    if (wordCount(source.context) > longest) return [];
    const own = source.answer === null ? [] : [{ question: source.question, answer: source.answer }];
    const asked = [...answered([...own, ...answerable], 'id'), ...refused(unanswerable.filter(() => random() < unanswered), 'id')];
    return { asked, passage: untitled(source.context) };
  }), accompanied, random);
}

/** Rows of articles; of the unanswerable questions the share `unanswered`, of the passages the share `accompanied` with another beside them. */
export function writtenArticleRows(articles: readonly Article[], unanswered: number, accompanied: number, random: Random): ReaderRow[] {
  return rowsOf(articles.map((article) => ({ asked: articleQuestions(article, unanswered, random), passage: { documentTitle: random() < TITLED ? article.title : '', text: article.passage } })), accompanied, random);
}

/** Rows of guides: both sections of one (same title) are shown, titled as a search shows them, in either order; where that does not fit, each alone. */
export function writtenGuideRows(sections: readonly Article[], unanswered: number, random: Random, fits: (shown: readonly PromptPassage[]) => boolean): ReaderRow[] {
  return [...groupBy(sections, ({ title }) => title).values()].flatMap((guide) => {
    const passages = guide.map(({ title, passage }) => ({ documentTitle: title, text: passage }));
    const together = shuffled(passages, random);
    return guide.flatMap((section, index) => rowsOn(articleQuestions(section, unanswered, random), fits(together) ? together : [passages[index]], passages[index]));
  });
}

/** A question of a passage; `answer` is null where the passage has none. */
interface Asked { readonly question: string; readonly answer: string | null; readonly language: Language }

const answered = (questions: readonly { question: string; answer: string }[], language: Language): Asked[] => questions.map((asked) => ({ ...asked, language }));
const refused = (questions: readonly string[], language: Language): Asked[] => questions.map((question) => ({ question, answer: null, language }));

function articleQuestions({ language, answerable, inOwnWords, unanswerable, unanswerableInEnglish }: Article, unanswered: number, random: Random): Asked[] {
  const inVain = [...refused(unanswerable, language), ...refused(unanswerableInEnglish, 'en')].filter(() => random() < unanswered);
  return [...answered(answerable, language), ...inOwnWords, ...inVain];
}

/** All questions of a passage are asked of the same text: the trainer reads it once. */
function rowsOf(sources: readonly { readonly asked: readonly Asked[]; readonly passage: PromptPassage }[], accompanied: number, random: Random): ReaderRow[] {
  return sources.flatMap(({ asked, passage }) => {
    const other = sources[Math.floor(random() * sources.length)].passage;
    const both = other !== passage && random() < accompanied && contextWords([passage, other]) <= MOST_WORDS;
    return rowsOn(asked, both ? shuffled([passage, other], random) : [passage], passage);
  });
}

const rowsOn = (asked: readonly Asked[], shown: readonly PromptPassage[], source: PromptPassage): ReaderRow[] =>
  asked.map(({ question, answer, language }) => readerRow(question, answer ?? '', language, shown, answer === null ? null : source));
