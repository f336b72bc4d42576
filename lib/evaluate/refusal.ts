import { REFUSAL } from '../prompt/refusal.ts';
import { normaliseAnswer } from './normalise.ts';

const SENTENCES = Object.values(REFUSAL).map(normaliseAnswer);

/** Whether the answer says that it is not in the documents: it is, or begins with, the sentence that prompts and training use. */
export function isRefusal(answer: string): boolean {
  const normalised = normaliseAnswer(answer);
  return SENTENCES.some((sentence) => normalised === sentence || normalised.startsWith(`${sentence} `));
}

export interface RefusalScores {
  /** Of the answers that refused, the share that had to; `null` when none refused. */
  readonly precision: number | null;
  /** Of the questions without an answer, the share refused; `null` when there are none. */
  readonly recall: number | null;
}

/** How well refusing fits the questions, as shares from 0 to 1. */
export function refusalScores(rows: readonly { readonly answerable: boolean; readonly refused: boolean }[]): RefusalScores {
  const refused = rows.filter((row) => row.refused).length;
  const unanswerable = rows.filter((row) => !row.answerable).length;
  const both = rows.filter((row) => row.refused && !row.answerable).length;
  return { precision: refused === 0 ? null : both / refused, recall: unanswerable === 0 ? null : both / unanswerable };
}
