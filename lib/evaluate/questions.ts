import { z } from 'zod';
import { parseQuestion } from '../question/question.ts';
import type { DocumentIndex } from '../retrieve/types.ts';
import { BadInputError } from '../system/errors.ts';
import { readJsonLines } from '../workspace/json-lines.ts';
import type { EvaluationQuestion as WorkspaceQuestion, Fact, FactChange, WorkspaceExample } from '../workspace/schemas.ts';
import { groupBy } from './group-by.ts';
import type { EvaluationQuestion } from './types.ts';

const text = z.string().refine((value) => value.trim() !== '', 'is blank');

/** The report has groups of these names already (summarise.ts). */
const isGroup = (kind: string): boolean => kind === 'all' || kind.startsWith('language:');

const questionLine = z.object({
  id: text,
  question: text,
  answers: z.array(text),
  documents: z.array(text).default([]),
  kind: text.refine((kind) => !isGroup(kind), '"all" and "language:..." are groups of the report, not kinds of question').optional(),
  language: z.enum(['id', 'en']).optional(),
  required: z.array(z.array(text).min(1)).optional(),
  cluster: text.optional(),
});

/** Reads questions from a JSON Lines file. BadInputError names the line that cannot be used; nothing is taken then. */
export const readQuestions = (file: string): Promise<EvaluationQuestion[]> => readJsonLines(file, questionLine);

/** BadInputError naming the first question that the page would refuse too: a run must learn it before its first answer, since it could never get past it. */
export function refuseUnaskable(questions: readonly EvaluationQuestion[]): void {
  for (const { id, question } of questions) {
    try {
      parseQuestion({ question });
    } catch (cause) {
      throw new BadInputError(`The question "${id}" cannot be asked. ${(cause as Error).message}`, { cause, remedy: 'Mend that question or leave it out.' });
    }
  }
}

/**
 * BadInputError naming the first question with an answer that is said to stand in a document which `index` does not hold: no search could find it,
 * and that would look like a bad search. The index is opened only when a question names a document.
 */
export async function refuseUnknownDocuments(questions: readonly EvaluationQuestion[], index: Pick<DocumentIndex, 'documents'>): Promise<void> {
  const named = questions.filter(({ answers, documents }) => answers.length > 0 && documents.length > 0);
  if (named.length === 0) return;
  const held = new Set((await index.documents()).map(({ id }) => id));
  for (const { id, documents } of named) {
    const unknown = documents.find((document) => !held.has(document));
    if (unknown === undefined) continue;
    throw new BadInputError(`The question "${id}" names the document "${unknown}", which the index does not hold.`, { remedy: "Name documents by their ids (a file's path in its folder without its ending, or a JSON line's id), or name none in that question." });
  }
}

/**
 * A workspace's own questions: of each fact the first phrasing that was trained (kind `seen`) and every one that was not
 * (`held-out`), then the questions that were never trained at all, by their own kinds. Examples, where a workspace has a file of them
 * in place of its facts' phrasings, are asked the same way; those with one answer are about one fact.
 */
export function workspaceQuestions(facts: readonly Fact[], questions: readonly WorkspaceQuestion[], examples: readonly WorkspaceExample[] | null = null): EvaluationQuestion[] {
  return [...(examples === null ? facts.flatMap(ofFact) : ofExamples(examples, facts)), ...questions];
}

function ofFact({ id: cluster, document, train, heldOut, accept, required }: Fact): EvaluationQuestion[] {
  const ask = ({ question, answer, language }: Fact['train'][number], kind: string, id: string): EvaluationQuestion =>
    ({ id, kind, question, language, answers: [...new Set([answer, ...accept])], documents: [document], required, cluster });
  return [...train.slice(0, 1).map((phrasing) => ask(phrasing, 'seen', `${cluster}/seen`)), ...heldOut.map((phrasing, at) => ask(phrasing, 'held-out', `${cluster}/held-out-${at + 1}`))];
}

function ofExamples(examples: readonly WorkspaceExample[], facts: readonly Fact[]): EvaluationQuestion[] {
  const documentOf = new Map(facts.map(({ id, document }) => [id, document]));
  const clusters = groupBy(examples, ({ factId, answer }) => factId ?? answer);
  return [...clusters.values()].flatMap((ofCluster, number) => {
    const cluster = ofCluster[0].factId ?? `example-${number + 1}`;
    const document = documentOf.get(cluster);
    const ask = ({ question, answer, language, accept, required }: WorkspaceExample, kind: string, id: string): EvaluationQuestion =>
      ({ id, kind, question, language, answers: [...new Set([answer, ...accept])], documents: document === undefined ? [] : [document], required, cluster });
    const of = (split: WorkspaceExample['split']) => ofCluster.filter((example) => example.split === split);
    return [...of('train').slice(0, 1).map((example) => ask(example, 'seen', `${cluster}/seen`)), ...of('held-out').map((example, at) => ask(example, 'held-out', `${cluster}/held-out-${at + 1}`))];
  });
}

/** What is asked after a document has changed: right is what it says now. */
export const changedQuestion = ({ id, fact, document, question, language, before, after }: FactChange): EvaluationQuestion => ({
  id, kind: 'changed', question, language, cluster: fact, documents: [document], answers: after.answers, required: after.required, before,
});
