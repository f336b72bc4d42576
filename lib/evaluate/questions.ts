import { z } from 'zod';
import { readJsonLines } from '../workspace/json-lines.ts';
import type { EvaluationQuestion as WorkspaceQuestion, Fact } from '../workspace/schemas.ts';
import type { EvaluationQuestion } from './types.ts';

const text = z.string().refine((value) => value.trim() !== '', 'is blank');

const questionLine = z.object({
  id: text,
  question: text,
  answers: z.array(text),
  documents: z.array(text).default([]),
  kind: text.optional(),
  language: z.enum(['id', 'en']).optional(),
  required: z.array(z.array(text).min(1)).optional(),
});

/** Reads questions from a JSON Lines file. BadInputError names the line that cannot be used; nothing is taken then. */
export const readQuestions = (file: string): Promise<EvaluationQuestion[]> => readJsonLines(file, questionLine);

/**
 * A workspace's own questions: of each fact the first phrasing that was trained (kind `seen`) and every one that was not
 * (`held-out`), then the questions that were never trained at all, by their own kinds.
 */
export function workspaceQuestions(facts: readonly Fact[], questions: readonly WorkspaceQuestion[]): EvaluationQuestion[] {
  const ofFacts = facts.flatMap((fact) => [
    ...fact.train.slice(0, 1).map((phrasing) => fromPhrasing(fact, phrasing, 'seen', `${fact.id}/seen`)),
    ...fact.heldOut.map((phrasing, at) => fromPhrasing(fact, phrasing, 'held-out', `${fact.id}/held-out-${at + 1}`)),
  ]);
  return [...ofFacts, ...questions];
}

function fromPhrasing(fact: Fact, phrasing: Fact['train'][number], kind: string, id: string): EvaluationQuestion {
  const { question, answer, language } = phrasing;
  return { id, kind, question, language, answers: [answer, ...fact.accept], documents: [fact.document], required: fact.required };
}
