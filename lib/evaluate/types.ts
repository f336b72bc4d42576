import type { Language } from '../answer/events.ts';
import type { Leak } from '../messages/evaluation.ts';

/** What an answer is held against. */
export interface Expected {
  /** Every accepted answer; none means that the documents do not answer it. */
  readonly answers: readonly string[];
  /** What an answer in other words must contain: each group in one of its spellings. */
  readonly required?: readonly (readonly string[])[];
}

export interface EvaluationQuestion extends Expected {
  readonly id: string;
  readonly question: string;
  /** Documents that hold the answer; retrieval is scored against these, and not at all when there are none or nothing answers. */
  readonly documents: readonly string[];
  /** Groups the sums, e.g. `held-out`. Default `question`. */
  readonly kind?: string;
  /** Detected when absent. */
  readonly language?: Language;
  /** Questions about one fact share it. Default the question's id. */
  readonly cluster?: string;
  /** For a changed fact: what was right before. */
  readonly before?: Expected;
  /** Where it stands in the training data, if it does; and the kind it was meant to be. */
  readonly leak?: Leak;
  readonly meantAs?: string;
}
