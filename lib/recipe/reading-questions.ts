/** Questions with passages to measure reading on, from files in SQuAD's format. */
import MiniSearch from 'minisearch';
import { z } from 'zod';
import type { Language } from '../answer/events.ts';
import type { PromptPassage } from '../prompt/rag.ts';
import { untitled } from './reader-row.ts';
import { squadParagraphs } from './squad.ts';

export interface ReadingQuestion {
  readonly question: string;
  /** Accepted answers; none where the passages hold none and refusing is right. */
  readonly answers: readonly string[];
  readonly language: Language;
  readonly passages: readonly PromptPassage[];
  /** Number, from 1, of the passage that answers; `null` where none does. */
  readonly right: number | null;
  /** Which of the file's articles, or paragraphs where it has no articles, the question is about: those of one are not independent. */
  readonly cluster: number;
}

/** XQuAD has its paragraphs by article. */
const articles = z.object({ data: z.array(z.object({ paragraphs: squadParagraphs })) });
const dataset = z.union([
  squadParagraphs.transform((paragraphs) => paragraphs.map((paragraph, cluster) => ({ ...paragraph, cluster }))),
  articles.transform(({ data }) => data.flatMap((article, cluster) => article.paragraphs.map((paragraph) => ({ ...paragraph, cluster })))),
]);

/**
 * All questions of a file, each with its whole paragraph; with `others`, among so many paragraphs of the same file that look
 * most like answering (BM25) and do not hold the answer. The right one stands at each place in turn.
 */
export function readingQuestions(data: unknown, language: Language, others = 0): ReadingQuestion[] {
  const paragraphs = dataset.parse(data);
  const search = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  if (others > 0) search.addAll(paragraphs.map(({ context }, id) => ({ id, text: context })));
  const questions: ReadingQuestion[] = [];
  for (const { context, qas, cluster } of paragraphs) {
    for (const { question, answers, is_impossible: impossible } of qas) {
      const accepted = impossible ? [] : [...new Set(answers.map(({ text }) => text))];
      const misleading = others === 0 ? [] : search.search(question).map(({ id }) => paragraphs[id as number].context)
        .filter((text) => text !== context && !accepted.some((answer) => text.toLowerCase().includes(answer.toLowerCase()))).slice(0, others);
      const place = questions.length % (misleading.length + 1);
      const passages = misleading.toSpliced(place, 0, context).map(untitled);
      questions.push({ question, answers: accepted, language, passages, right: accepted.length > 0 ? place + 1 : null, cluster });
    }
  }
  return questions;
}

/** `count` of them, evenly spread; all when there are fewer. */
export const evenly = <T>(items: readonly T[], count: number): T[] =>
  items.length <= count ? [...items] : Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]);
