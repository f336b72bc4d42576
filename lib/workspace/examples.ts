import type { Language } from '../answer/events.ts';
import type { Fact, WorkspaceExample } from './schemas.ts';
import type { Workspace } from './workspace.ts';

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

/** What a workspace trains on and tests with: its examples where it has a file of them, else the phrasings of its facts. */
export async function workspaceExamples(workspace: Workspace): Promise<readonly WorkspaceExample[]> {
  return (await workspace.examples()) ?? trainingExamples(await workspace.facts()).map((example) => ({ ...example, accept: [...example.accept], required: example.required.map((group) => [...group]) }));
}
