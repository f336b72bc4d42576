/**
 * The one vocabulary in which every approach tells its answer: on the server, on the wire, in the
 * panes, in the table, on the command line and in the benchmarks. Noun first, then verb.
 */
import type { Passage, Support } from './passage.ts';
import type { ProblemDetail } from './problems.ts';

/** The arms of the comparison. A new approach is one more name here and one file in lib/approaches. */
export const APPROACH_IDS = ['rag', 'fine-tuned', 'base', 'rag-fine-tuned'] as const;
export type ApproachId = (typeof APPROACH_IDS)[number];

/** Whether an arm looks passages up, and so answers otherwise once a document was edited. */
export const looksUp = (approach: ApproachId): boolean => approach === 'rag' || approach === 'rag-fine-tuned';
/** Whether an arm's model was taught the workspace's facts. */
export const isTaught = (approach: ApproachId): boolean => approach === 'fine-tuned' || approach === 'rag-fine-tuned';
/** Answers an arm writes for the one it gives: what looks up and was taught writes one from the passages and one from memory. */
export const answersWritten = (approach: ApproachId): number => (looksUp(approach) && isTaught(approach) ? 2 : 1);

/**
 * An answer from memory sounds surer than it is: it stands only where its least likely token is at least this many times as likely as that of the answer
 * read from the passages. Chosen on both workspaces' questions (docs/experiments/fine-tuning.md).
 */
export const MEMORY_MARGIN = 1.2;

export type Language = 'id' | 'en';

/** Why generation ended: the model closed its answer, the token limit, or the reader left. */
export type FinishReason = 'stop' | 'length' | 'cancelled';

/** One adapter of those that were laid over the base weights for an answer. */
export interface AppliedAdapter {
  readonly name: string;
  readonly hash: string;
  /** 0 leaves it out, 1 is as trained. */
  readonly strength: number;
}

/** Why an answer from memory could not stand: no sentence that was read supports its figures, it had to be cut, or it says nothing. */
export type RuledOut = 'figures' | 'cut' | 'empty';

/** One of the two answers that an arm wrote to keep one: from the passages, or from memory. */
export interface Draft {
  /** Whether it is from memory: the question alone, put to what was taught. */
  readonly taught: boolean;
  /** Without its citation. */
  readonly text: string;
  /** Probability of its least likely token, 0 to 1: by this the drafts were compared. */
  readonly leastLikely: number;
  /** Only of an answer from memory that could not be kept, and why. */
  readonly ruledOut?: RuledOut;
}

/** What answered, so that a result can be traced and repeated. Hashes are SHA-256 in hex. */
export interface Provenance {
  readonly baseHash: string;
  /** All that were applied, the lowest first; empty for the base weights alone. */
  readonly adapters: readonly AppliedAdapter[];
  readonly promptHash: string;
  /** `null` when no index was asked. */
  readonly indexHash: string | null;
}

/** What the fine-tuned pane says about its adapter. */
export interface AdapterSummary {
  readonly name: string;
  readonly hash: string;
  /** `null` for one that was trained elsewhere, as are `epochs` and `trainingSeconds`. */
  readonly examples: number | null;
  readonly rank: number;
  readonly trainedLayers: number;
  readonly epochs: number | null;
  readonly heldOutLoss: number | null;
  /** Share of held-out questions answered word for word, 0 to 1. */
  readonly heldOutExactMatch: number | null;
  readonly trainingSeconds: number | null;
  readonly createdAt: string;
  /** The adapter it was trained on top of, and without which it means nothing; absent: trained on the base weights alone. */
  readonly beneath?: { readonly name: string; readonly hash: string };
}

/** Milliseconds and counts by the server's clock: they measure the model, not the network. */
export interface AnswerTimings {
  readonly queuedMs: number;
  /** Retrieval (embedding the question and searching); absent when the approach does not retrieve. */
  readonly retrievalMs?: number;
  /** From the request's arrival to its first token, retrieval and queue included. */
  readonly timeToFirstTokenMs: number | null;
  readonly totalMs: number;
  readonly promptTokens: number;
  /** Of promptTokens, how many came from a prefix computed earlier. */
  readonly cachedPromptTokens: number;
  readonly completionTokens: number;
  /** Decoding speed after the first token; `null` with fewer than two tokens, and of an answer chosen from two, which comes once the choice is made. */
  readonly tokensPerSecond: number | null;
}

/** A failure told to a person: what is wrong and the step that mends it. */
export interface AnswerProblem {
  readonly code: string;
  readonly message: string;
  /** A command or an action, e.g. `npm run ingest -- FOLDER`. */
  readonly remedy?: string;
  /** The facts in `message`, for a page that tells them in its reader's language; absent where there is only the message. */
  readonly detail?: ProblemDetail;
}

export type AnswerEvent =
  | { readonly type: 'answer-queued'; readonly approach: ApproachId; readonly position: number }
  | { readonly type: 'passages-available'; readonly passages: readonly Passage[]; readonly retrievalMs: number }
  | {
      readonly type: 'answer-start';
      readonly approach: ApproachId;
      readonly questionId: string;
      readonly promptTokens: number;
      readonly provenance: Provenance;
      readonly adapter: AdapterSummary | null;
    }
  | { readonly type: 'text-delta'; readonly text: string }
  /** The passage that the answer rests on: the one it named, or the one that has its figures where that one lacks them; of an answer from memory the one with the sentence that supports it. */
  | { readonly type: 'citation-available'; readonly passageId: string }
  /** `figuresNotFound`: figures and dates of the answer, as it writes them, that stand in no passage read. */
  | { readonly type: 'supports-available'; readonly supports: readonly Support[]; readonly figuresNotFound: readonly string[] }
  /** All that the answer was chosen from, the kept one first; nothing from an arm that writes only one. */
  | { readonly type: 'drafts-available'; readonly drafts: readonly Draft[] }
  | { readonly type: 'answer-end'; readonly finish: FinishReason; readonly timings: AnswerTimings }
  | { readonly type: 'answer-error'; readonly problem: AnswerProblem };
