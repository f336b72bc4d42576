import type { ApproachId } from '@/lib/answer/events.ts';
import { armsInOrder, type GroupScores } from '@/lib/messages/evaluation.ts';

/** Groups of questions in the order of the run. */
export const groupsOf = (scores: readonly GroupScores[]): string[] => [...new Set(scores.map(({ group }) => group))];

/** The pair that the disagreements are about when nothing else was chosen. */
export function defaultPair(arms: readonly ApproachId[]): readonly [ApproachId, ApproachId] | null {
  if (arms.includes('rag') && arms.includes('fine-tuned')) return ['rag', 'fine-tuned'];
  const [first, second] = armsInOrder(arms);
  return second === undefined ? null : [first, second];
}
