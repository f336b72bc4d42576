import type { AdapterRefusal, WorkspaceRefusal } from '../messages/refused.ts';
import type { SkippedDocument } from '../messages/skipped.ts';

/**
 * The failures a reader is likeliest to meet, with what is to be said about each: a page tells them in its own language. Every other failure
 * is told by its message alone.
 */
export interface ProblemFacts {
  readonly 'question-empty': { readonly limit: number };
  readonly 'question-too-long': { readonly length: number; readonly limit: number };
  readonly 'prompt-too-long': { readonly tokens: number; readonly limit: number };
  readonly 'queue-full': { readonly active: number; readonly waiting: number };
  readonly 'engine-stopped': Record<string, never>;
  readonly 'answer-failed': { readonly reason: string };
  readonly 'model-file-missing': { readonly file: string };
  readonly 'model-file-damaged': { readonly file: string };
  readonly 'adapter-missing': { readonly name: string; readonly found: string };
  readonly 'adapter-damaged': { readonly file: string };
  readonly 'adapter-of-other-base': { readonly name: string };
  readonly 'adapter-beneath-changed': { readonly name: string; readonly beneath: string };
  readonly 'checkpoint-missing': { readonly run: string; readonly step: string; readonly found: string };
  readonly 'workspace-without-adapter': { readonly name: string };
  readonly 'workspace-missing': { readonly name: string; readonly found: string };
  readonly 'index-missing': { readonly folder: string };
  /** The first of the files that were given and why none of them gives a document. */
  readonly 'documents-unreadable': { readonly skipped: readonly SkippedDocument[] };
  /** `own` may be deleted, one that ships may not. */
  readonly 'workspace-name-taken': { readonly name: string; readonly own: boolean };
  readonly 'workspace-name-unusable': { readonly name: string };
  /** The file is what the person calls it. */
  readonly 'workspace-refused': { readonly file: string; readonly why: WorkspaceRefusal };
  readonly 'adapter-refused': { readonly why: AdapterRefusal };
  /** `null` for the file that the person has just given; the reason in English, by the names of fields or columns. */
  readonly 'line-unusable': { readonly file: string | null; readonly line: number; readonly reason: string };
  /** Among examples: on this line of the file that the person has just given, with this answer where it is another one. */
  readonly 'question-twice': { readonly question: string; readonly line?: number; readonly otherAnswer?: string };
  readonly 'question-held-out-and-trained': { readonly question: string; readonly line?: number };
  readonly 'too-many-examples': { readonly examples: number; readonly limit: number };
  readonly 'file-without-examples': { readonly format: 'jsonl' | 'csv' };
  readonly 'too-many-files': { readonly files: number; readonly limit: number };
  readonly 'document-name-unusable': { readonly name: string };
  readonly 'file-not-utf8': { readonly file: string };
  readonly 'request-too-large': { readonly bytes: number };
  readonly 'adapter-name-taken': { readonly name: string };
  /** Since the training began. */
  readonly 'training-name-taken': { readonly name: string };
  readonly 'training-under-way': { readonly name: string };
  readonly 'training-disk-full': Record<string, never>;
  readonly 'training-state-damaged': Record<string, never>;
  /** Of another base model, other examples or other settings. */
  readonly 'training-state-outdated': Record<string, never>;
  readonly 'workspace-without-examples': { readonly name: string };
}
export type ProblemId = keyof ProblemFacts;

export type ProblemDetail = { readonly [Id in ProblemId]: { readonly id: Id; readonly facts: ProblemFacts[Id] } }[ProblemId];
