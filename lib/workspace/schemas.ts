/** The files of a workspace, line by line; written out for people in the README. */
import { z } from 'zod';

const text = z.string().refine((value) => value.trim() !== '', 'is blank');
const language = z.enum(['id', 'en']);
const inBothLanguages = z.object({ id: text, en: text });

/** Groups of alternatives: an answer is equivalent when it contains at least one alternative of every group. */
const required = z.array(z.array(text).min(1));

const phrasing = z.object({ language, question: text, answer: text });

export const factSchema = z.object({
  id: text,
  /** The document it stands in. */
  document: text,
  law: text,
  /** Where its figure stands in the law: a snippet of the file, and optionally one that stands shortly before it. */
  evidence: z.object({ file: text, text, near: text.optional() }),
  /** Trained into the model. */
  train: z.array(phrasing).min(1),
  /** Asked to find out whether it was learned; never trained. */
  heldOut: z.array(phrasing),
  /** Short answers that count as exactly right. */
  accept: z.array(text).min(1),
  required: required.min(1),
});

export const questionSchema = z.object({
  id: text,
  kind: z.enum(['document-only', 'unanswerable']),
  language,
  question: text,
  /** Empty when nothing answers it. */
  answers: z.array(text),
  required: required.default([]),
  /** Documents that answer it. */
  documents: z.array(text),
});

const expected = z.object({ answers: z.array(text).min(1), required });

export const changeSchema = z.object({
  id: text,
  fact: text,
  document: text,
  /** Stands exactly once in the document. */
  find: text,
  replace: text,
  question: text,
  language,
  before: expected,
  after: expected,
  note: inBothLanguages,
});

/** workspace.json; a workspace made by `npm run ingest` alone has none. */
export const workspaceSchema = z.object({
  title: inBothLanguages,
  /** What a reader must know about the documents, e.g. their date and that they are no advice. */
  notice: inBothLanguages.optional(),
  asOf: z.iso.date().optional(),
  /** The adapter that was trained on its facts. */
  adapter: text.optional(),
  abbreviations: z.record(text, text).default({}),
  /** The documents' words for words of another language. */
  glossary: z.record(text, text).default({}),
  samples: z.array(z.object({ language, question: text })).default([]),
});

export type Fact = z.output<typeof factSchema>;
export type EvaluationQuestion = z.output<typeof questionSchema>;
export type FactChange = z.output<typeof changeSchema>;
export type WorkspaceDefinition = z.output<typeof workspaceSchema>;
