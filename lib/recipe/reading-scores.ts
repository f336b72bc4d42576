/** What is counted of answers read from passages. */
import { isRefusal, refusalScores, type RefusalScores } from '../evaluate/refusal.ts';
import { exactMatch, tokenF1 } from '../evaluate/score.ts';
import { splitCitation } from '../prompt/citation.ts';
import { supportedFigures } from '../retrieve/supported-figures.ts';
import type { ReadingQuestion } from './reading-questions.ts';

export interface ReadAnswer extends ReadingQuestion {
  /** As the model wrote it, citation and all. */
  readonly written: string;
}

export interface ReadingScores {
  readonly n: number;
  /** SQuAD's, over answerable questions, in percent; a refusal scores 0. `null` without such questions. */
  readonly f1: number | null;
  readonly exactMatch: number | null;
  readonly answerable: number;
  /** SQuAD 2.0's, over all questions, in percent: where nothing answers a refusal scores 1 and an answer 0. `null` without questions. */
  readonly overall: { readonly f1: number | null; readonly exactMatch: number | null };
  readonly refusal: RefusalScores & { readonly refused: number; readonly unanswerable: number };
  /** Figures and dates in answers, and how many of them stand in the passage cited. */
  readonly faithful: { readonly figures: number; readonly inCited: number; readonly share: number | null };
  /** Of the answerable questions that were answered: the share that cites the right passage. */
  readonly citation: { readonly answered: number; readonly right: number; readonly share: number | null };
}

/** One answer as SQuAD 2.0 scores it: a refusal of what has an answer is an empty answer, whatever words it shares with an accepted one. */
function squadScore({ written, passages, answers: accepted }: ReadAnswer) {
  const { text, cited } = splitCitation(written, passages.length);
  const [answerable, refused] = [accepted.length > 0, isRefusal(written)];
  const score = (ofAnswer: (text: string, accepted: readonly string[]) => number): number => (answerable ? (refused ? 0 : ofAnswer(text, accepted)) : Number(refused));
  return { text, cited, answerable, refused, f1: score(tokenF1), exact: score((...both) => Number(exactMatch(...both))) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export function scoreReading(answers: readonly ReadAnswer[]): ReadingScores {
  const rows = answers.map((row) => ({ row, ...squadScore(row) }));
  const answerable = rows.filter((row) => row.answerable);
  const percent = (values: readonly number[]): number | null => (values.length === 0 ? null : (100 * sum(values)) / values.length);
  const checked = rows.filter(({ refused }) => !refused).flatMap(({ text, cited, row }) => supportedFigures(text, cited === null ? '' : row.passages[cited - 1].text) ?? []);
  const answered = answerable.filter(({ refused }) => !refused);
  const right = answered.filter(({ cited, row }) => cited === row.right).length;
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  const [figures, inCited] = [sum(checked.map(({ total }) => total)), sum(checked.map(({ supported }) => supported))];
  return {
    n: rows.length,
    f1: percent(answerable.map(({ f1 }) => f1)),
    exactMatch: percent(answerable.map(({ exact }) => exact)),
    answerable: answerable.length,
    overall: { f1: percent(rows.map(({ f1 }) => f1)), exactMatch: percent(rows.map(({ exact }) => exact)) },
    refusal: { ...refusalScores(rows), refused: rows.filter(({ refused }) => refused).length, unanswerable: rows.length - answerable.length },
    faithful: { figures, inCited, share: share(inCited, figures) },
    citation: { answered: answered.length, right, share: share(right, answered.length) },
  };
}

export interface RowScore {
  /** 0 to 1; `null` where refusing is right. */
  readonly f1: number | null;
  readonly exact: boolean | null;
  readonly refused: boolean;
  readonly cited: number | null;
  readonly right: number | null;
  readonly cluster: number;
}

/** The scores of one question, without any of its text. */
export function scoreRow(answer: ReadAnswer): RowScore {
  const { answerable, f1, exact, refused, cited } = squadScore(answer);
  return { f1: answerable ? Number(f1.toFixed(4)) : null, exact: answerable ? exact === 1 : null, refused, cited, right: answer.right, cluster: answer.cluster };
}
