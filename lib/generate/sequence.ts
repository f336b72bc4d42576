/** One request on its way through the scheduler: what was read, what was written, and when. */
import type { FinishReason } from '../answer/events.ts';
import { AnswerText } from './answer-text.ts';
import { EventQueue } from './event-queue.ts';
import { createSampler, probability, type Sampler } from './sampler.ts';
import type { Row, RowAdapter } from './step-model.ts';
import type { GenerationEvent, GenerationTimings, StackedAdapter } from './types.ts';

/** A request whose prompt is tokens and whose adapters are in the model. */
export interface ScheduledRequest {
  /** The whole prompt, beginning-of-sequence token included. */
  readonly tokens: readonly number[];
  readonly adapters: readonly (RowAdapter & StackedAdapter)[];
  readonly maxNewTokens: number;
  readonly minNewTokens: number;
  readonly tellLeastLikely: boolean;
  readonly temperature: number;
  readonly seed: number;
  readonly stop: readonly string[];
  /** When the request came in, by the scheduler's clock, in milliseconds. */
  readonly arrivedAt: number;
}

export interface TokenBytes {
  /** The bytes a token stands for; none for special tokens. */
  bytes(token: number): Uint8Array;
  /** Tokens that close an answer. */
  readonly endTokens: readonly number[];
}

export class Sequence {
  readonly events = new EventQueue<GenerationEvent>();
  row: Row | null = null;
  /** Prompt tokens the model has read. */
  read = 0;
  /** Of them, how many an earlier request had read; `null` until that has been looked up. */
  resumed: number | null = null;
  /** Chunks that went to others while this one waited for its turn to be read. */
  passedOver = 0;
  /** Place in the queue last told; 0 when never queued. */
  position = 0;
  /** The token that the next step reads. */
  next: number | null = null;
  private readonly text: AnswerText;
  private readonly sample: Sampler;
  private startedAt: number | null = null;
  private firstTokenAt: number | null = null;
  private lastTokenAt = 0;
  private completionTokens = 0;
  private leastLikely: number | null = null;
  private told = 0;
  private ended = false;

  constructor(
    readonly request: ScheduledRequest,
    readonly signal: AbortSignal | undefined,
    private readonly tokenBytes: TokenBytes,
    private readonly clock: () => number,
  ) {
    this.text = new AnswerText(request.stop);
    this.sample = createSampler(request.temperature, request.seed);
  }

  get unread(): number {
    return this.request.tokens.length - this.read;
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  tellPosition(position: number): void {
    if (position === this.position) return;
    this.position = position;
    this.events.push({ type: 'queued', position });
  }

  start(row: Row, baseHash: string): void {
    this.row = row;
    this.startedAt = this.clock();
    this.events.push({
      type: 'started',
      promptTokens: this.request.tokens.length,
      baseHash,
      adapters: this.request.adapters.map(({ summary, scale }) => ({ summary, scale })),
    });
  }

  /** Chooses the next token and tells its text, or ends. */
  take(logits: Float32Array): void {
    if (this.completionTokens < this.request.minNewTokens) for (const token of this.tokenBytes.endTokens) logits[token] = -Infinity;
    const token = this.sample(logits);
    if (this.request.tellLeastLikely) this.leastLikely = Math.min(this.leastLikely ?? 1, probability(logits, token));
    if (this.tokenBytes.endTokens.includes(token)) return this.end('stop');
    this.lastTokenAt = this.clock();
    this.firstTokenAt ??= this.lastTokenAt;
    this.completionTokens += 1;
    this.next = token;
    const { text, stopped } = this.text.push(this.tokenBytes.bytes(token));
    this.tell(text);
    if (stopped) this.end('stop');
    else if (this.completionTokens >= this.request.maxNewTokens) this.end('length');
  }

  end(finish: FinishReason): void {
    if (this.ended) return;
    this.ended = true;
    this.tell(this.text.finish());
    this.events.push({ type: 'ended', finish, timings: this.timings(), leastLikely: this.leastLikely });
    this.events.close();
  }

  fail(error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    this.events.close(error);
  }

  private tell(text: string): void {
    if (text === '') return;
    this.events.push({ type: 'text', text, tokens: this.completionTokens - this.told, leastLikely: this.leastLikely });
    this.told = this.completionTokens;
  }

  private timings(): GenerationTimings {
    const { arrivedAt, tokens } = this.request;
    const now = this.clock();
    const decodingMs = this.firstTokenAt === null ? 0 : this.lastTokenAt - this.firstTokenAt;
    return {
      queuedMs: (this.startedAt ?? now) - arrivedAt,
      promptTokens: tokens.length,
      cachedPromptTokens: this.resumed ?? 0,
      completionTokens: this.completionTokens,
      timeToFirstTokenMs: this.firstTokenAt === null ? null : this.firstTokenAt - arrivedAt,
      totalMs: now - arrivedAt,
      tokensPerSecond: this.completionTokens > 1 && decodingMs > 0 ? ((this.completionTokens - 1) * 1000) / decodingMs : null,
    };
  }
}
