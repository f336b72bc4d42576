/** The JSON Lines files that a person brings, made into those of a workspace. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { makeDataset } from '../finetune/dataset.ts';
import { detectLanguage } from '../question/language.ts';
import { WORKSPACE_FILES } from './folders.ts';
import { formatJsonLines, parseJsonLines } from './json-lines.ts';
import { changeSchema, factSchema, questionSchema, workspaceExampleSchema, type EvaluationQuestion, type WorkspaceDefinition } from './schemas.ts';

export interface TextFile {
  /** Named when a line of it cannot be used. */
  readonly name: string;
  readonly text: string;
}

/** What a new workspace holds beside its documents: the content of files by their names. */
export interface RowFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly samples: WorkspaceDefinition['samples'];
  readonly counts: { readonly examples: number; readonly questions: number };
}

/** Questions as `npm run eval -- --questions` takes them: kind and language may be left out. */
const personQuestionSchema = z
  .object({ ...questionSchema.shape, kind: z.string().optional(), language: z.enum(['id', 'en']).optional(), documents: questionSchema.shape.documents.default([]) })
  .transform((row): EvaluationQuestion => questionSchema.parse({ ...row, kind: row.answers.length ? 'document-only' : 'unanswerable', language: row.language ?? detectLanguage(row.question) }));

const SAMPLES = 5;

/**
 * Checks what a person brings and writes it as a workspace keeps it. Examples may be single questions with answers, or facts with
 * several phrasings. BadInputError names file, line and reason.
 */
export function readRowFiles({ examples, questions, facts, changes }: { readonly [File in 'examples' | 'questions' | 'facts' | 'changes']?: TextFile }): RowFiles {
  const brought = examples && holdsFacts(examples) ? { facts: examples } : { facts, examples };
  const factRows = brought.facts ? parseJsonLines(brought.facts.text, brought.facts.name, factSchema) : [];
  const exampleRows = (brought.examples ? parseJsonLines(brought.examples.text, brought.examples.name, workspaceExampleSchema) : []).map(({ id, question, answer, language, split, accept, required, factId }) => ({
    id: id !== undefined && /^[\w.-]{1,80}$/.test(id) ? id : `x${randomUUID().slice(0, 12)}`,
    question: question.normalize('NFC').trim(),
    answer: answer.normalize('NFC').trim(),
    split,
    language: language ?? detectLanguage(question),
    accept,
    required,
    factId: factId ?? null,
  }));
  // As training would: a question with two answers, or trained and held out, is refused now rather than later.
  if (exampleRows.some(({ split }) => split === 'train')) makeDataset(exampleRows, brought.examples!.name);
  const questionRows = questions ? parseJsonLines(questions.text, questions.name, personQuestionSchema) : [];
  const changeRows = changes ? parseJsonLines(changes.text, changes.name, changeSchema) : [];
  const asked = [...exampleRows, ...factRows.flatMap(({ train }) => train.slice(0, 1)), ...questionRows.filter(({ answers }) => answers.length > 0)];
  return {
    files: {
      // Emptied, it still stands in the place of facts.
      ...(brought.examples && (exampleRows.length > 0 || factRows.length > 0) && { [WORKSPACE_FILES.examples]: formatJsonLines(exampleRows) }),
      ...(factRows.length > 0 && { [WORKSPACE_FILES.facts]: formatJsonLines(factRows) }),
      ...(questionRows.length > 0 && { [WORKSPACE_FILES.questions]: formatJsonLines(questionRows) }),
      ...(changeRows.length > 0 && { [WORKSPACE_FILES.changes]: formatJsonLines(changeRows) }),
    },
    samples: spread(asked, SAMPLES).map(({ language, question }) => ({ language, question })),
    counts: { examples: brought.examples ? exampleRows.length : factRows.reduce((sum, { train, heldOut }) => sum + train.length + heldOut.length, 0), questions: questionRows.length },
  };
}

/** Whether the first line has phrasings to train, as facts.jsonl has. */
function holdsFacts({ text }: TextFile): boolean {
  try {
    return 'train' in (JSON.parse(text.split('\n').find((line) => line.trim() !== '') ?? '{}') as object);
  } catch {
    return false;
  }
}

/** So many of a list, evenly from its beginning to its end. */
function spread<Row>(rows: readonly Row[], count: number): Row[] {
  return rows.length <= count ? [...rows] : Array.from({ length: count }, (_unused, index) => rows[Math.floor((index * rows.length) / count)]);
}
