import { datesInOneSpelling } from '../retrieve/dates.ts';
import { figures } from '../retrieve/figures.ts';
import { plainNumbers, withoutRepeatedNumbers } from '../retrieve/number-words.ts';
import { terms } from '../retrieve/words.ts';
import { answerTokens, normaliseAnswer } from './normalise.ts';
import { contradicts } from './polarity.ts';

/** Whether the answer equals one of the accepted ones after SQuAD's normalisation (see normalise.ts). */
export function exactMatch(answer: string, accepted: readonly string[]): boolean {
  const normalised = normaliseAnswer(answer);
  return accepted.some((one) => normaliseAnswer(one) === normalised);
}

/**
 * SQuAD v1.1's F1, from 0 to 1: the harmonic mean of precision and recall over the words two answers share, each counted
 * as often as both have it; the best over the accepted answers.
 */
export function tokenF1(answer: string, accepted: readonly string[]): number {
  const tokens = answerTokens(answer);
  return Math.max(0, ...accepted.map((one) => f1(tokens, answerTokens(one))));
}

function f1(answer: readonly string[], accepted: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of accepted) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of answer) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    left.set(token, count - 1);
    shared += 1;
  }
  if (shared === 0) return 0;
  const precision = shared / answer.length;
  const recall = shared / accepted.length;
  return (2 * precision * recall) / (precision + recall);
}

export interface EquivalenceRule {
  readonly question: string;
  readonly accepted: readonly string[];
  /** Each group must be there in one of its spellings. */
  readonly required: readonly (readonly string[])[];
}

/**
 * Whether the answer says the same in other words: it has every required group, no figure that neither the question nor an
 * accepted answer has, and does not deny or bound what they do not (polarity.ts). Figures, their units, number words and dates are compared in one spelling (`11 persen` is
 * `11%`, `Rp54 juta` is `54000000`, `tiga` is `3`, `2026-04-30` is `30 April 2026`).
 * @returns `null` when there is nothing to decide it by, that is, no required group.
 */
export function equivalent(answer: string, rule: EquivalenceRule): boolean | null {
  if (rule.required.length === 0) return null;
  const answerTerms = asPhrase(answer);
  const known = new Set([rule.question, ...rule.accepted, ...rule.required.flat()].flatMap((text) => [...figures(inOneSpelling(text))]));
  const complete = rule.required.every((group) => group.some((spelling) => answerTerms.includes(asPhrase(spelling))));
  return complete && [...figures(withoutRepeatedNumbers(datesInOneSpelling(answer)))].every((figure) => known.has(figure)) && !contradicts(answer, rule.question, rule.accepted);
}

const inOneSpelling = (text: string): string => plainNumbers(datesInOneSpelling(text));
/** Terms between spaces, so that a phrase is found as whole words only. */
const asPhrase = (text: string): string => ` ${terms(inOneSpelling(text), { keepStopWords: true }).join(' ')} `;
