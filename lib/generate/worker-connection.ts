/** The asking side of one worker's life: pairs its answers with the questions, from loading to exit. */
import type { Worker } from 'node:worker_threads';
import { EngineError } from '../system/errors.ts';
import { EventQueue } from './event-queue.ts';
import { errorOf, type FromWorker, type ToWorker } from './protocol.ts';
import type { GenerationEvent, GenerationRequest } from './types.ts';

interface Pending {
  /** `null` for a count. */
  readonly events: EventQueue<GenerationEvent> | null;
  readonly counted: (tokens: number) => void;
  readonly failed: (error: unknown) => void;
  started: boolean;
}

export class WorkerConnection {
  /** Milliseconds of loading; rejects when the model cannot be loaded. */
  readonly loaded: Promise<number>;
  readonly exited: Promise<void>;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private gone: EngineError | null = null;
  private closing = false;

  constructor(private readonly worker: Worker) {
    this.exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    this.loaded = new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'loaded') resolve(message.loadMs);
        else if (message.type === 'load-failed') reject(errorOf(message.problem));
        else this.receive(message);
        // Nobody should have to stop an idle engine before a command can end.
        if (this.pending.size === 0 && !this.closing) worker.unref();
      });
      const leave = (reason: string, cause?: unknown): void => {
        this.gone ??= new EngineError(`The generation engine stopped: ${reason}`, { remedy: 'Ask again; the engine starts anew.', detail: { id: 'engine-stopped', facts: {} }, cause });
        reject(this.gone);
        for (const { failed } of this.pending.values()) failed(this.gone);
        this.pending.clear();
      };
      worker.once('error', (error) => leave(error instanceof Error ? error.message : String(error), error));
      worker.once('exit', (code) => leave(`its worker ended with code ${code}.`));
    });
    // Whoever waits gets the rejection; nobody waiting is no reason to end the process.
    this.loaded.catch(() => {});
  }

  get active(): number {
    return [...this.pending.values()].filter(({ events, started }) => events !== null && started).length;
  }

  get queued(): number {
    return [...this.pending.values()].filter(({ events, started }) => events !== null && !started).length;
  }

  async *generate(request: GenerationRequest, signal?: AbortSignal): AsyncGenerator<GenerationEvent, void, undefined> {
    const events = new EventQueue<GenerationEvent>();
    const id = this.ask({ events, counted: () => {}, failed: (error) => events.close(error), started: false }, (id) => ({ type: 'generate', id, request }));
    const abort = (): void => this.send({ type: 'abort', id });
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    try {
      yield* events;
    } finally {
      signal?.removeEventListener('abort', abort);
      // The reader left in the middle.
      if (this.pending.has(id)) abort();
    }
  }

  countTokens(text: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.ask({ events: null, counted: resolve, failed: reject, started: true }, (id) => ({ type: 'count', id, text }));
    });
  }

  /** Lets the running step finish; resolves when the worker is gone. */
  async close(): Promise<void> {
    this.closing = true;
    this.worker.ref();
    await this.loaded.catch(() => {});
    this.send({ type: 'close' });
    await this.exited;
  }

  private ask(pending: Pending, message: (id: number) => ToWorker): number {
    const id = this.nextId++;
    if (this.gone) {
      pending.failed(this.gone);
      return id;
    }
    this.pending.set(id, pending);
    this.worker.ref();
    this.send(message(id));
    return id;
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private receive(message: Exclude<FromWorker, { type: 'loaded' | 'load-failed' }>): void {
    const pending = this.pending.get(message.id);
    if (!pending) return;
    switch (message.type) {
      case 'event':
        if (message.event.type === 'started') pending.started = true;
        pending.events?.push(message.event);
        break;
      case 'counted':
        pending.counted(message.tokens);
        break;
      case 'failed':
        pending.failed(errorOf(message.problem));
        this.pending.delete(message.id);
        break;
      case 'done':
        pending.events?.close();
        this.pending.delete(message.id);
    }
  }
}
