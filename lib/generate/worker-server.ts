/** The worker's half of the engine: loads once, then turns messages into requests to the scheduler. */
import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import type { AcquiredAdapter } from './adapter-shelf.ts';
import { acquireStack } from './adapter-stack.ts';
import { passExitGate } from './exit-gate.ts';
import { problemOf, type FromWorker, type ToWorker, type WorkerData } from './protocol.ts';
import { greedy } from './sampler.ts';
import { Scheduler } from './scheduler.ts';
import type { TokenBytes } from './sequence.ts';
import type { StepModel } from './step-model.ts';
import type { GenerationRequest } from './types.ts';

/** What the engine runs on. */
export interface EngineParts {
  readonly model: StepModel & { release(): Promise<void> };
  /** SHA-256 of the base weights, in hex. */
  readonly baseHash: string;
  readonly tokens: TokenBytes & {
    readonly beginToken: number;
    /** Without special tokens. */
    encode(text: string): readonly number[];
  };
  /** Brings an adapter's present state into the model; `release` when the request is over. */
  readonly adapters: { acquire(name: string): Promise<AcquiredAdapter> };
}

const DEFAULT_NEW_TOKENS = 96;
/**
 * Milliseconds the model waits for requests whose adapter is being looked up. A file operation ends only between two runs of the model:
 * without the wait, a short question beside a long prompt would lose a run for each.
 */
const ARRIVAL_PATIENCE = 25;

/** Serves one port until it is told to close. A failure to load is told, and ends the worker. */
export async function serveEngine(port: MessagePort, { exitGate }: WorkerData, load: () => Promise<EngineParts>): Promise<void> {
  const send = (answer: FromWorker): void => port.postMessage(answer);
  const began = performance.now();
  try {
    const parts = await passExitGate(exitGate, async () => {
      const loaded = await load();
      await warmUp(loaded);
      return loaded;
    });
    new EngineServer(parts, exitGate, port, send);
    send({ type: 'loaded', loadMs: performance.now() - began });
  } catch (error) {
    send({ type: 'load-failed', problem: problemOf(error) });
    port.close();
  }
}

/** The first run of a session allocates its memory; nobody should wait for that. */
async function warmUp({ model, tokens }: EngineParts): Promise<void> {
  const row = model.openRow([]);
  const logits = await model.extend(row, [tokens.beginToken, tokens.beginToken]);
  await model.step([row], [greedy(logits)]);
  model.closeRow(row);
}

class EngineServer {
  private readonly scheduler: Scheduler;
  private readonly aborts = new Map<number, AbortController>();
  private readonly arriving = new Set<Promise<unknown>>();
  private readonly working = new Set<Promise<void>>();

  constructor(private readonly parts: EngineParts, exitGate: SharedArrayBuffer, private readonly port: MessagePort, private readonly send: (answer: FromWorker) => void) {
    const { model, baseHash, tokens } = parts;
    this.scheduler = new Scheduler({ model: behindGate(model, exitGate), baseHash, tokenBytes: tokens, arrivals: () => this.arrivals() });
    port.on('message', (message: ToWorker) => {
      if (message.type === 'abort') this.aborts.get(message.id)?.abort();
      else if (message.type === 'close') void this.close();
      else this.handle(message);
    });
  }

  private handle(message: Extract<ToWorker, { type: 'generate' | 'count' }>): void {
    const { id } = message;
    const work = (message.type === 'count' ? this.count(id, message.text) : this.generate(id, message.request)).then(
      () => this.send({ type: 'done', id }),
      (error: unknown) => this.send({ type: 'failed', id, problem: problemOf(error) }),
    );
    this.working.add(work);
    void work.finally(() => this.working.delete(work));
  }

  private async count(id: number, text: string): Promise<void> {
    this.send({ type: 'counted', id, tokens: this.parts.tokens.encode(text).length });
  }

  private async generate(id: number, request: GenerationRequest): Promise<void> {
    const arrivedAt = performance.now();
    const { tokens, adapters } = this.parts;
    const abort = new AbortController();
    this.aborts.set(id, abort);
    let stack: Awaited<ReturnType<typeof acquireStack>> | null = null;
    try {
      stack = await this.arrive(acquireStack(adapters, request.adapters ?? []));
      const events = this.scheduler.generate({
        tokens: [tokens.beginToken, ...tokens.encode(request.prompt)],
        adapters: stack.adapters,
        maxNewTokens: request.maxNewTokens ?? DEFAULT_NEW_TOKENS,
        minNewTokens: request.minNewTokens ?? 0,
        tellLeastLikely: request.tellLeastLikely ?? false,
        temperature: request.temperature ?? 0,
        seed: request.seed ?? 0,
        stop: request.stop ?? [],
        arrivedAt,
      }, abort.signal);
      for await (const event of events) this.send({ type: 'event', id, event });
    } finally {
      stack?.release();
      this.aborts.delete(id);
    }
  }

  private async arrive<Result>(looking: Promise<Result>): Promise<Result> {
    this.arriving.add(looking);
    try {
      return await looking;
    } finally {
      this.arriving.delete(looking);
    }
  }

  private async arrivals(): Promise<void> {
    if (this.arriving.size > 0) await Promise.race([Promise.allSettled(this.arriving), delay(ARRIVAL_PATIENCE)]);
  }

  private async close(): Promise<void> {
    await this.scheduler.close();
    await Promise.all(this.working);
    await this.parts.model.release();
    this.port.close();
  }
}

function behindGate(model: StepModel, gate: SharedArrayBuffer): StepModel {
  return {
    contextLength: model.contextLength,
    vocabularySize: model.vocabularySize,
    openRow: (adapters) => model.openRow(adapters),
    closeRow: (row) => model.closeRow(row),
    resume: (row, prompt, chunk) => passExitGate(gate, () => model.resume(row, prompt, chunk)),
    extend: (row, tokens) => passExitGate(gate, () => model.extend(row, tokens)),
    step: (rows, tokens) => passExitGate(gate, () => model.step(rows, tokens)),
  };
}
