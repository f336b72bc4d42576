/**
 * Continuous batching (Yu et al. 2022, "Orca"): requests join and leave between two steps of the model, and all that
 * are ready take the step together. Prompts are read in chunks between those steps (Agrawal et al. 2023, "Sarathi"), so
 * that a long prompt does not silence the answers already under way.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BadInputError, EngineError, QueueFullError } from '../system/errors.ts';
import { Sequence, type ScheduledRequest, type TokenBytes } from './sequence.ts';
import type { StepModel } from './step-model.ts';
import type { GenerationEvent } from './types.ts';

export interface SchedulerSettings {
  /** Rows in progress at once: two readers with two answers each, or all four arms of one, of which the last takes two rows. */
  readonly activeLimit: number;
  /** Requests that may wait behind them; the next one is refused. */
  readonly queueLimit: number;
  /** Prompt tokens read in one go: long enough for the matrix kernels' full speed, short enough (about 0.1 s) to leave or join between. */
  readonly chunkTokens: number;
  /** Chunks that shorter prompts may go ahead of one that has waited longer. */
  readonly patience: number;
}

export const DEFAULT_SETTINGS: SchedulerSettings = { activeLimit: 5, queueLimit: 16, chunkTokens: 128, patience: 3 };

export interface SchedulerOptions {
  readonly model: StepModel;
  readonly baseHash: string;
  readonly tokenBytes: TokenBytes;
  readonly settings?: Partial<SchedulerSettings>;
  /** Resolves when requests that have arrived but are not in the queue yet (their adapter is being read) have been let in. */
  readonly arrivals?: () => Promise<void>;
  /** Monotonic milliseconds. Default performance.now. */
  readonly clock?: () => number;
}

export class Scheduler {
  readonly settings: SchedulerSettings;
  private readonly waiting: Sequence[] = [];
  private active: Sequence[] = [];
  private running: Promise<void> | null = null;
  private closed = false;
  private readonly clock: () => number;

  constructor(private readonly options: SchedulerOptions) {
    this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
    this.clock = options.clock ?? (() => performance.now());
  }

  /**
   * The events of one completion: `queued` only if it has to wait, then `started`, `text`, `ended`. Throws when the queue is
   * full or the prompt does not fit the context; the iteration throws when the model fails. Aborting ends it as `cancelled`
   * before the model's next run.
   */
  generate(request: ScheduledRequest, signal?: AbortSignal): AsyncIterable<GenerationEvent> {
    if (this.closed) throw new EngineError('The generation engine is shutting down.', { remedy: 'Start it again and ask once more.' });
    this.refuseWhenFull();
    const sequence = new Sequence(this.fitToContext(request), signal, this.options.tokenBytes, this.clock);
    this.waiting.push(sequence);
    signal?.addEventListener('abort', () => this.leaveQueue(sequence), { once: true });
    if (signal?.aborted) this.leaveQueue(sequence);
    this.admit();
    this.running ??= this.run();
    return sequence.events;
  }

  /** Lets the running step finish, then ends every request as `cancelled` and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private refuseWhenFull(): void {
    const { activeLimit, queueLimit } = this.settings;
    if (this.waiting.length < queueLimit || this.active.length < activeLimit) return;
    throw new QueueFullError(`${this.active.length} answers are being written and ${this.waiting.length} are waiting, which is the limit.`, {
      remedy: 'Wait for an answer to finish, then ask again.',
      detail: { id: 'queue-full', facts: { active: this.active.length, waiting: this.waiting.length } },
    });
  }

  private fitToContext(request: ScheduledRequest): ScheduledRequest {
    const { contextLength } = this.options.model;
    const room = contextLength - request.tokens.length;
    if (request.tokens.length === 0) throw new BadInputError('The prompt is empty.');
    if (!(request.maxNewTokens >= 1)) throw new BadInputError(`maxNewTokens is ${request.maxNewTokens}; it has to be 1 or more.`);
    if (room < 1) {
      throw new BadInputError(`The prompt has ${request.tokens.length} tokens; the model reads at most ${contextLength}, its answer included.`, {
        remedy: 'Ask a shorter question or use fewer passages.',
        detail: { id: 'prompt-too-long', facts: { tokens: request.tokens.length, limit: contextLength } },
      });
    }
    return { ...request, maxNewTokens: Math.min(request.maxNewTokens, room) };
  }

  private async run(): Promise<void> {
    // Waits before it looks: were it over at once, its caller would take its end for a run under way, and nothing would ever run again.
    do {
      // The model blocks this thread: between its runs, let in the messages that bring new requests and abort old ones.
      await nextTurn();
      await this.options.arrivals?.();
      this.leave();
      this.admit();
      await this.resume();
      await this.readPrompt();
      await this.decode();
      this.leave();
    } while (this.active.length > 0 || this.waiting.length > 0);
    this.running = null;
  }

  private admit(): void {
    while (!this.closed && this.waiting.length > 0 && this.active.length < this.settings.activeLimit) {
      const sequence = this.waiting.shift()!;
      try {
        sequence.start(this.options.model.openRow(sequence.request.adapters), this.options.baseHash);
        this.active.push(sequence);
      } catch (error) {
        sequence.fail(modelFailed(error));
      }
    }
    for (const [index, sequence] of this.waiting.entries()) sequence.tellPosition(index + 1);
  }

  /** Spares new requests what an earlier one has read of their prompt. */
  private async resume(): Promise<void> {
    for (const sequence of this.active.filter(({ resumed }) => resumed === null)) {
      try {
        sequence.read = sequence.resumed = await this.options.model.resume(sequence.row!, sequence.request.tokens, this.settings.chunkTokens);
      } catch (error) {
        sequence.fail(modelFailed(error));
      }
    }
  }

  /** Reads one chunk of one prompt: of the shortest left, unless the one waiting longest has been passed over too often. */
  private async readPrompt(): Promise<void> {
    const reading = this.active.filter((sequence) => sequence.unread > 0 && !sequence.hasEnded);
    if (reading.length === 0) return;
    const overdue = reading.find((sequence) => sequence.passedOver >= this.settings.patience);
    const chosen = overdue ?? reading.reduce((best, sequence) => (sequence.unread < best.unread ? sequence : best));
    for (const sequence of reading) sequence.passedOver = sequence === chosen ? 0 : sequence.passedOver + 1;
    const chunk = chosen.request.tokens.slice(chosen.read, chosen.read + this.settings.chunkTokens);
    try {
      const logits = await this.options.model.extend(chosen.row!, chunk);
      chosen.read += chunk.length;
      if (chosen.unread === 0) take(chosen, logits);
    } catch (error) {
      chosen.fail(modelFailed(error));
    }
  }

  /** One token for every row whose prompt has been read. */
  private async decode(): Promise<void> {
    const ready = this.active.filter((sequence) => sequence.next !== null && !sequence.hasEnded && !sequence.signal?.aborted);
    if (ready.length === 0) return;
    try {
      const logits = await this.options.model.step(ready.map((sequence) => sequence.row!), ready.map((sequence) => sequence.next!));
      for (const [index, sequence] of ready.entries()) take(sequence, logits[index]);
    } catch (error) {
      for (const sequence of ready) sequence.fail(modelFailed(error));
    }
  }

  /** Ends what was aborted and gives back the rows of all that have ended. */
  private leave(): void {
    if (this.closed) for (const sequence of this.waiting.splice(0)) sequence.end('cancelled');
    this.active = this.active.filter((sequence) => {
      if (this.closed || sequence.signal?.aborted) sequence.end('cancelled');
      if (sequence.hasEnded) this.options.model.closeRow(sequence.row!);
      return !sequence.hasEnded;
    });
  }

  private leaveQueue(sequence: Sequence): void {
    const index = this.waiting.indexOf(sequence);
    if (index < 0) return;
    this.waiting.splice(index, 1);
    sequence.end('cancelled');
  }
}

/** Scores that cannot be read end their own request only. */
function take(sequence: Sequence, logits: Float32Array): void {
  if (sequence.signal?.aborted) return;
  try {
    sequence.take(logits);
  } catch (error) {
    sequence.fail(modelFailed(error));
  }
}

function modelFailed(error: unknown): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError(`The model failed while it wrote this answer: ${reason}`, {
    remedy: 'Ask again. If it happens again, restart with: npm start',
    detail: { id: 'answer-failed', facts: { reason } },
    cause: error,
  });
}
