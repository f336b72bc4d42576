/**
 * The examples of a workspace as the page edits them.
 *
 *   GET    /api/examples?workspace=&split=train|held-out&search=&offset=&limit=  -> ExampleList
 *   POST   /api/examples?workspace=            ExampleDraft            -> 201 ExampleRow
 *   PATCH  /api/examples/ID?workspace=         Partial<ExampleDraft>   -> ExampleRow
 *   DELETE /api/examples/ID?workspace=                                 -> {removed: ID}
 *   POST   /api/examples/import?workspace=     ExampleImport           -> ExampleImportReport (all or nothing)
 *   GET    /api/examples/export?workspace=&format=jsonl|csv            -> a file
 *   DELETE /api/examples?workspace=                                    -> ExampleList: back to what ships
 *
 * Refused with 400 and named: no question or answer, a question that is there already, a held-out question that is trained.
 */
import type { Language } from '../answer/events.ts';

export type ExampleSplit = 'train' | 'held-out';

export interface ExampleDraft {
  readonly question: string;
  readonly answer: string;
  /** Default: `train`. */
  readonly split?: ExampleSplit;
  /** Default: guessed from the question. */
  readonly language?: Language;
  /** Other answers that count as exactly right. */
  readonly accept?: readonly string[];
  /** Groups of alternatives: an answer with one of every group says the same in other words. */
  readonly required?: readonly (readonly string[])[];
}

export interface ExampleRow extends Required<ExampleDraft> {
  /** Letters, digits, `.`, `-`; stays when the example is edited. */
  readonly id: string;
  /** The fact of the workspace it is a wording of, where it is one. */
  readonly factId: string | null;
}

export interface ExampleList {
  readonly workspace: string;
  /** Whether a person has changed them; otherwise they are those that ship. */
  readonly edited: boolean;
  /** Of the whole workspace, whatever was searched for. */
  readonly counts: { readonly train: number; readonly heldOut: number };
  /** How many match split and search. */
  readonly matching: number;
  readonly offset: number;
  readonly examples: readonly ExampleRow[];
}

export interface ExampleImport {
  readonly format: 'jsonl' | 'csv';
  /** The file's text. JSONL: lines of ExampleDraft. CSV: a header with question, answer, and optionally split, language, accept. */
  readonly text: string;
  /** `add` keeps what is there, `replace` drops it first. Default `add`. */
  readonly mode?: 'add' | 'replace';
}

export interface ExampleImportReport {
  readonly added: number;
  /** The same question, answer and split was there before. */
  readonly unchanged: number;
  readonly removed: number;
  readonly counts: ExampleList['counts'];
}

export const EXAMPLE_LIMITS = { importBytes: 8 * 1024 * 1024, examples: 20_000, questionCharacters: 2_000, answerCharacters: 4_000, listed: 200 } as const;
