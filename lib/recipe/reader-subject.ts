/** The form in which invented subjects are described, from which English passages and questions are composed. */
import type { Draw } from './reader-names.ts';

type Patterns = { readonly en: readonly string[]; readonly id: readonly string[] };
type QuestionAndAnswer = readonly [question: string, answer: string];

/** `{s}` is the subject's name, `{n}` its noun, `{N}` the same beginning a sentence, `{slot}` the value of a slot. */
export interface Subject {
  /** "the company" */
  readonly noun: string;
  readonly name: Draw;
  readonly slots: Readonly<Record<string, Draw>>;
  readonly sentences: readonly string[];
  /** How each slot is asked for; the slot's value is the answer. */
  readonly questions: Readonly<Record<string, Patterns>>;
  /** Answered in a sentence, where the passage tells all that is needed. */
  readonly explain: readonly { readonly needs: readonly string[]; readonly en: readonly QuestionAndAnswer[]; readonly id: readonly QuestionAndAnswer[] }[];
  /** What no sentence ever says. */
  readonly never: Patterns;
}

export const subject = (description: Subject): Subject => description;
