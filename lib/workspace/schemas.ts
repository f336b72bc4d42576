/** The files of a workspace, line by line; written out for people in docs/workspaces.md. */
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
  /** The article it follows from, where there is one. */
  law: text.optional(),
  /** Where its figure stands in that law: a snippet of the file, and optionally one that stands shortly before it. */
  evidence: z.object({ file: text, text, near: text.optional() }).optional(),
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

/** One line of examples.jsonl, as lib/finetune trains on it. */
export const workspaceExampleSchema = z.object({
  id: text.optional(),
  question: text,
  answer: text,
  /** Default: guessed from the question. */
  language: language.optional(),
  split: z.enum(['train', 'held-out']).default('train'),
  accept: z.array(text).default([]),
  required: required.default([]),
  /** The fact it is a wording of, where it is one. */
  factId: text.nullish(),
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

/** workspace.json; a workspace made by `npm run ingest` alone has none, and one laid over a shipped one only what it changes. */
export const workspaceSchema = z.object({
  title: inBothLanguages,
  /** What a reader must know about the documents, e.g. their date and that they are no advice. */
  notice: inBothLanguages.optional(),
  asOf: z.iso.date().optional(),
  /** That of most of its documents. */
  language: language.optional(),
  /** The adapter that was trained on its facts. */
  adapter: text.optional(),
  abbreviations: z.record(text, text).default({}),
  /** The documents' words for words of another language. */
  glossary: z.record(text, text).default({}),
  samples: z.array(z.object({ language, question: text })).default([]),
});

export const ARCHIVE_FORMAT = 'dua-jawaban-workspace';
export const ARCHIVE_VERSION = 1;

/** workspace.json within an exported file. */
export const archiveSchema = workspaceSchema.extend({ format: z.literal(ARCHIVE_FORMAT), version: z.literal(ARCHIVE_VERSION), name: text });

export type Fact = z.output<typeof factSchema>;
export type EvaluationQuestion = z.output<typeof questionSchema>;
export type WorkspaceExample = z.output<typeof workspaceExampleSchema>;
export type FactChange = z.output<typeof changeSchema>;
export type WorkspaceDefinition = z.output<typeof workspaceSchema>;
