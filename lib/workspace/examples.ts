import type { Language } from '../answer/events.ts';
import type { Fact } from './schemas.ts';

/** One phrasing of a fact, as the trainer and the evaluation take it. */
export interface FactExample {
  readonly question: string;
  readonly answer: string;
  readonly language: Language;
  readonly factId: string;
  readonly split: 'train' | 'held-out';
  readonly accept: readonly string[];
  readonly required: readonly (readonly string[])[];
}

/** Every phrasing of every fact, in the file's order; a fact's trained phrasings before its held-out ones. */
export function trainingExamples(facts: readonly Fact[]): FactExample[] {
  return facts.flatMap(({ id: factId, train, heldOut, accept, required }) => [
    ...train.map((phrasing) => ({ ...phrasing, factId, split: 'train' as const, accept, required })),
    ...heldOut.map((phrasing) => ({ ...phrasing, factId, split: 'held-out' as const, accept, required })),
  ]);
}
