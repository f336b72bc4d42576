/** One line of the reader's examples file, and how its answers end. */
import type { Language } from '../answer/events.ts';
import { citation } from '../prompt/citation.ts';
import type { PromptPassage } from '../prompt/rag.ts';
import { REFUSAL } from '../prompt/refusal.ts';

export interface ReaderRow {
  readonly question: string;
  readonly answer: string;
  readonly language: Language;
  readonly passages: readonly PromptPassage[];
}

/** A row that answers from `source`, one of the passages shown, and cites it; or refuses where `source` is null. */
export function readerRow(question: string, answer: string, language: Language, shown: readonly PromptPassage[], source: PromptPassage | null): ReaderRow {
  if (!source) return { question, answer: REFUSAL[language], language, passages: shown };
  const place = shown.indexOf(source);
  if (place < 0) throw new Error(`The passage that answers "${question}" is not among those shown.`);
  return { question, answer: `${answer}${citation(place + 1)}`, language, passages: shown };
}

/** Whether the row teaches to refuse. */
export const isRefused = ({ answer, language }: Pick<ReaderRow, 'answer' | 'language'>): boolean => answer === REFUSAL[language];

export const untitled = (text: string): PromptPassage => ({ documentTitle: '', text });

export const wordCount = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/** What the prompt shows of passages, in words. */
export const contextWords = (passages: readonly PromptPassage[]): number => passages.reduce((sum, { documentTitle, text }) => sum + wordCount(`${documentTitle} ${text}`), 0);
