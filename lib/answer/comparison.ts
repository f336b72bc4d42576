/** What the page's table and samples need to know before and between questions (GET /api/comparison). */
import type { AdapterSummary, AnswerProblem, ApproachId, Language } from './events.ts';

export type Bilingual = Readonly<Record<Language, string>>;

export interface SampleQuestion {
  readonly text: string;
  readonly language: Language;
}

/**
 * The figures the table has a place for. Scores are shares from 0 to 1, durations seconds or milliseconds
 * as the name says, sizes bytes.
 */
export type FigureId =
  | 'held-out-score'
  | 'untrained-score'
  | 'changed-score'
  | 'refusal-score'
  | 'update-seconds'
  | 'training-seconds'
  | 'training-examples'
  | 'index-bytes'
  | 'index-chunks'
  | 'query-ms'
  | 'recall-at-5';

/** One number of a committed run, with the command that makes it again. */
export interface CommittedFigure {
  readonly id: FigureId;
  readonly approach: ApproachId;
  readonly value: number;
  /** How many questions, documents or runs stand behind the value. */
  readonly n?: number;
  readonly command: string;
  /** ISO date of the run. */
  readonly measuredAt?: string;
  /** Hash of the taught adapter that the value is of; absent where none had a part in it. */
  readonly adapter?: string;
}

export interface Comparison {
  readonly workspace: {
    readonly id: string;
    readonly title: Bilingual;
    /** That this is teaching material, and as of when. */
    readonly notice: Bilingual;
    readonly asOf: string;
  };
  readonly samples: readonly SampleQuestion[];
  /** `null` when no adapter can be read; `problems` then says why. */
  readonly adapter: AdapterSummary | null;
  readonly index: { readonly documents: number; readonly chunks: number; readonly bytes: number; readonly indexHash: string } | null;
  readonly engine: {
    readonly state: 'idle' | 'loading' | 'ready' | 'failed';
    readonly residentBytes: number | null;
    readonly active: number;
    readonly queued: number;
    readonly queueLimit: number;
    readonly problem: string | null;
  };
  /** What is running, e.g. `{ name: 'onnxruntime-node', version: '1.30.0' }`, by what uses it: `rag` for all that look up, `fine-tuned` for all that were taught, `null` for all. */
  readonly versions: readonly { readonly name: string; readonly version: string; readonly approach: ApproachId | null }[];
  readonly figures: readonly CommittedFigure[];
  readonly problems: readonly AnswerProblem[];
}

/** A document as the page lists and opens it. */
export interface DocumentView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly source?: string;
}

/** What a save or a delete did to the index. */
export interface DocumentChange {
  readonly chunks: number;
  readonly milliseconds: number;
}

/** The documents of the workspace the page shows. Saving returns once the next question sees the change. */
export interface DocumentStore {
  list(): Promise<readonly { id: string; title: string; source?: string; chunks: number }[]>;
  read(id: string): Promise<DocumentView | null>;
  /** Keeps the title when none is given. */
  save(id: string, change: { title?: string; text: string }): Promise<DocumentChange>;
  /** `null` when there was no such document. */
  remove(id: string): Promise<DocumentChange | null>;
}
