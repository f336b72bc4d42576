import type { AnswerEvent, ApproachId, Language } from './events.ts';

/** A question that has been checked (lib/question) and carries the id shared by all its answers. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
}

export interface AnswerOptions {
  /** 0 is greedy decoding, the default. */
  readonly temperature?: number;
  /** Seed of the sampler; only read when temperature > 0. Default 0. */
  readonly seed?: number;
  /** Default 96. */
  readonly maxNewTokens?: number;
  readonly workspace?: string;
  /** Adapter or checkpoint that taught arms use in place of the workspace's own; arms that were not taught pass it over. */
  readonly adapter?: string;
  /** How strongly what was taught acts, 0 to 1.5. Default 1. Arms that were not taught pass it over. */
  readonly strength?: number;
}

/** One way of answering. Panes, table, command line and benchmarks loop over a list of these. */
export interface Approach {
  readonly id: ApproachId;
  readonly label: Readonly<Record<Language, string>>;
  /**
   * Yields the events of one answer, ending with `answer-end` or `answer-error`; never throws.
   * Aborting the signal ends generation within a token.
   */
  answer(question: Question, options: AnswerOptions, signal: AbortSignal): AsyncIterable<AnswerEvent>;
}
