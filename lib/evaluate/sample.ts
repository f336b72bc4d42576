import { createHash } from 'node:crypto';
import { groupBy } from './group-by.ts';
import type { EvaluationQuestion } from './types.ts';

/**
 * A stratified sample: of each kind and language its share, by largest remainders, and one of each where there is room. The same
 * questions every time and whatever their order, since they are chosen by the hash of their ids. They keep their order.
 */
export function stratifiedSample<Question extends EvaluationQuestion>(questions: readonly Question[], size: number): Question[] {
  if (size >= questions.length) return [...questions];
  const strata = [...groupBy(questions, ({ kind, language }) => `${kind} ${language}`)].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, stratum]) => stratum);
  const shares = strata.map((stratum) => (size * stratum.length) / questions.length);
  const counts = shares.map((share) => Math.max(1, Math.floor(share)));
  const sum = (): number => counts.reduce((total, count) => total + count, 0);
  const byRemainder = shares.map((share, index) => ({ index, remainder: share - Math.floor(share) })).sort((one, other) => other.remainder - one.remainder);
  for (const { index } of byRemainder) if (sum() < size && shares[index] >= 1) counts[index] += 1;
  // What the smallest strata have too much, the largest give.
  while (sum() > size) counts[counts.indexOf(Math.max(...counts))] -= 1;
  const chosen = new Set(strata.flatMap((stratum, index) => stratum.map(({ id }) => id).sort((one, other) => (hash(one) < hash(other) ? -1 : 1)).slice(0, counts[index])));
  return questions.filter(({ id }) => chosen.has(id));
}

const hash = (id: string): string => createHash('sha256').update(id).digest('hex');
