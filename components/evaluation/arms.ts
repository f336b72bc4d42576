import type { ApproachId } from '@/lib/answer/events.ts';
import type { GroupScores } from '@/lib/messages/evaluation.ts';

/** Neither, one, the other, both. */
const ORDER: readonly ApproachId[] = ['base', 'rag', 'fine-tuned', 'rag-fine-tuned'];

export const armsInOrder = (arms: readonly ApproachId[]): ApproachId[] => ORDER.filter((arm) => arms.includes(arm));

/** Groups of questions in the order of the run. */
export const groupsOf = (scores: readonly GroupScores[]): string[] => [...new Set(scores.map(({ group }) => group))];

/** The pair that the disagreements are about when nothing else was chosen. */
export function defaultPair(arms: readonly ApproachId[]): readonly [ApproachId, ApproachId] | null {
  if (arms.includes('rag') && arms.includes('fine-tuned')) return ['rag', 'fine-tuned'];
  const [first, second] = armsInOrder(arms);
  return second === undefined ? null : [first, second];
}
