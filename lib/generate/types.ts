/** The contract between the generation engine and whoever asks it for text. */
import type { AdapterSummary, FinishReason } from '../answer/events.ts';

/** One adapter laid over the base weights for one answer. */
export interface AdapterChoice {
  /** A folder of adapters, or a checkpoint of a training run: `run-3f2a@120`; see adapters.ts. */
  readonly name: string;
  /** 0 to STRENGTH_LIMIT (lib/question/limit.ts); 0 adds nothing, to the bit. Default 1. */
  readonly scale?: number;
}

/** Adapters that one answer may stack. */
export const STACK_LIMIT = 4;

export interface GenerationRequest {
  /** Text of the prompt; the engine adds the beginning-of-sequence token. */
  readonly prompt: string;
  /** What is added to the base weights, each with its own strength, 0 to 4 of them; their sum does not depend on their order. Default none. */
  readonly adapters?: readonly AdapterChoice[];
  /** Default 96. */
  readonly maxNewTokens?: number;
  /** The answer does not close itself before so many: for measurements, which need answers of one length. Default 0. */
  readonly minNewTokens?: number;
  /** 0 (default) is greedy. */
  readonly temperature?: number;
  readonly seed?: number;
  /** Whether the end tells how likely the least likely token was, which takes a pass over the vocabulary for each token. Default false. */
  readonly tellLeastLikely?: boolean;
  /** Generation ends before any of these strings. */
  readonly stop?: readonly string[];
}

/** An adapter as it was applied. */
export interface StackedAdapter {
  readonly summary: AdapterSummary;
  readonly scale: number;
}

export type GenerationEvent =
  | { readonly type: 'queued'; readonly position: number }
  | { readonly type: 'started'; readonly promptTokens: number; readonly baseHash: string; readonly adapters: readonly StackedAdapter[] }
  /** `tokens`: how many tokens were generated since the event before, held-back text included. `leastLikely`: as below, of the tokens so far. */
  | { readonly type: 'text'; readonly text: string; readonly tokens: number; readonly leastLikely: number | null }
  /** `leastLikely`: probability of the least likely token of the answer, the one that closes it included, 0 to 1; `null` when it was not asked for or there is none. */
  | { readonly type: 'ended'; readonly finish: FinishReason; readonly timings: GenerationTimings; readonly leastLikely: number | null };

export interface GenerationTimings {
  readonly queuedMs: number;
  readonly promptTokens: number;
  /** Of promptTokens, how many an earlier request had read. */
  readonly cachedPromptTokens: number;
  readonly completionTokens: number;
  readonly timeToFirstTokenMs: number | null;
  readonly totalMs: number;
  readonly tokensPerSecond: number | null;
}

export interface EngineStatus {
  readonly state: 'idle' | 'loading' | 'ready' | 'failed';
  readonly loadMs: number | null;
  readonly residentBytes: number | null;
  readonly active: number;
  readonly queued: number;
  readonly queueLimit: number;
  readonly problem: string | null;
}

export interface GenerationEngine {
  /** Loads the model ahead of the first question. Rejects as `generate` does; the next call tries again. */
  preload(): Promise<void>;
  /**
   * Streams one completion. Throws an error of lib/system/errors.ts when the queue is full, the prompt is
   * longer than the context, or the model or adapter cannot be loaded.
   */
  generate(request: GenerationRequest, signal?: AbortSignal): AsyncIterable<GenerationEvent>;
  countTokens(text: string): Promise<number>;
  status(): EngineStatus;
  /** Finishes the running step, then frees the model. */
  close(): Promise<void>;
}
