/** The contract between the generation engine and whoever asks it for text. */
import type { AdapterSummary, FinishReason } from '../answer/events.ts';

export interface GenerationRequest {
  /** Text of the prompt; the engine adds the beginning-of-sequence token. */
  readonly prompt: string;
  /** Name of an adapter in models/adapters (or the data directory); `null` for the base model alone. */
  readonly adapter: string | null;
  /** Strength of the adapter; 0 is the base model bit for bit. Default 1. */
  readonly adapterScale?: number;
  /** Default 96. */
  readonly maxNewTokens?: number;
  /** 0 (default) is greedy. */
  readonly temperature?: number;
  readonly seed?: number;
  /** Generation ends before any of these strings. */
  readonly stop?: readonly string[];
}

export type GenerationEvent =
  | { readonly type: 'queued'; readonly position: number }
  | { readonly type: 'started'; readonly promptTokens: number; readonly cachedPromptTokens: number; readonly baseHash: string; readonly adapter: AdapterSummary | null }
  /** `tokens`: how many tokens were generated since the event before, held-back text included. */
  | { readonly type: 'text'; readonly text: string; readonly tokens: number }
  | { readonly type: 'ended'; readonly finish: FinishReason; readonly timings: GenerationTimings };

export interface GenerationTimings {
  readonly queuedMs: number;
  readonly promptTokens: number;
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
