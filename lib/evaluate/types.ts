import type { AnswerProblem, AnswerTimings, ApproachId, FinishReason, Language, Provenance } from '../answer/events.ts';
import type { RefusalScores } from './refusal.ts';

export interface EvaluationQuestion {
  readonly id: string;
  readonly question: string;
  /** Every accepted answer; none means that the documents do not answer it. */
  readonly answers: readonly string[];
  /** Documents that hold the answer; retrieval is scored against these, and not at all when there are none. */
  readonly documents: readonly string[];
  /** Groups the sums, e.g. `held-out`. Default `question`. */
  readonly kind?: string;
  /** Detected when absent. */
  readonly language?: Language;
  /** What an answer in other words must contain: each group in one of its spellings. */
  readonly required?: readonly (readonly string[])[];
}

export interface ScoredPassage {
  readonly id: string;
  readonly documentId: string;
  readonly rank: number;
  readonly score: number;
  readonly used: boolean;
}

/** One arm's answer to one question. Scores are `null` where they have no meaning. */
export interface ScoredAnswer {
  readonly answer: string;
  /** `null` for a question without an answer. */
  readonly exactMatch: boolean | null;
  readonly f1: number | null;
  /** Exact, or the same in other words; `null` also when the question does not say what is required. */
  readonly equivalent: boolean | null;
  readonly refused: boolean;
  readonly finish: FinishReason | null;
  /** `null` when the arm does not retrieve. */
  readonly passages: readonly ScoredPassage[] | null;
  readonly recallAt1: number | null;
  readonly recallAt5: number | null;
  readonly reciprocalRank: number | null;
  readonly timings: AnswerTimings | null;
  readonly provenance: Provenance | null;
  readonly adapter: string | null;
  /** Set when the arm failed; it then scores as a wrong answer. */
  readonly problem: AnswerProblem | null;
}

export interface ScoredQuestion {
  readonly id: string;
  readonly kind: string;
  readonly language: Language;
  readonly question: string;
  readonly answers: readonly string[];
  readonly documents: readonly string[];
  readonly arms: Readonly<Partial<Record<ApproachId, ScoredAnswer>>>;
}

export interface Spread {
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Shares are from 0 to 1, times milliseconds; `null` where nothing stands behind a figure. */
export interface ScoreSum {
  readonly questions: number;
  /** Those with an accepted answer: the ones exactMatch and f1 are means over. */
  readonly answerable: number;
  readonly failures: number;
  readonly exactMatch: number | null;
  readonly f1: number | null;
  /** Exact or equivalent, over the questions that say what is required. */
  readonly equivalent: number | null;
  readonly refusal: RefusalScores;
  readonly recallAt1: number | null;
  readonly recallAt5: number | null;
  readonly meanReciprocalRank: number | null;
  readonly timeToFirstTokenMs: Spread;
  readonly totalMs: Spread;
  readonly retrievalMs: Spread;
  readonly tokensPerSecond: Spread;
}

export interface ArmSum {
  readonly all: ScoreSum;
  readonly byKind: Readonly<Record<string, ScoreSum>>;
  readonly byLanguage: Readonly<Partial<Record<Language, ScoreSum>>>;
}
