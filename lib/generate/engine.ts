/**
 * The one door to text generation. The model lives in one worker of the process, so that the web server keeps answering
 * while it computes, and every approach shares its weights and its batch.
 */
import { Worker } from 'node:worker_threads';
import { closeExitGate, createExitGate } from './exit-gate.ts';
import type { WorkerData } from './protocol.ts';
import { DEFAULT_SETTINGS } from './scheduler.ts';
import { startTypeScriptWorker } from './typescript-worker.ts';
import type { EngineStatus, GenerationEngine, GenerationEvent, GenerationRequest } from './types.ts';
import { WorkerConnection } from './worker-connection.ts';

export type StartWorker = (data: WorkerData) => Worker;

/** Starts its worker at the first use, and anew after a failure, so that a mended model serves the next question. */
export class WorkerEngine implements GenerationEngine {
  private connection: WorkerConnection | null = null;
  private state: EngineStatus['state'] = 'idle';
  private loadMs: number | null = null;
  private problem: string | null = null;

  constructor(private readonly startWorker: StartWorker) {}

  async preload(): Promise<void> {
    await this.ready();
  }

  async *generate(request: GenerationRequest, signal?: AbortSignal): AsyncGenerator<GenerationEvent, void, undefined> {
    yield* (await this.ready()).generate(request, signal);
  }

  async countTokens(text: string): Promise<number> {
    return (await this.ready()).countTokens(text);
  }

  status(): EngineStatus {
    return {
      state: this.state,
      loadMs: this.loadMs,
      // Memory is counted for the process, not for its threads: the web server's share is in it.
      residentBytes: this.state === 'ready' ? process.memoryUsage.rss() : null,
      active: this.connection?.active ?? 0,
      queued: this.connection?.queued ?? 0,
      queueLimit: DEFAULT_SETTINGS.queueLimit,
      problem: this.problem,
    };
  }

  async close(): Promise<void> {
    await this.connection?.close();
  }

  private async ready(): Promise<WorkerConnection> {
    const connection = (this.connection ??= this.connect());
    await connection.loaded;
    return connection;
  }

  private connect(): WorkerConnection {
    const exitGate = createExitGate();
    const connection = new WorkerConnection(this.startWorker({ exitGate }));
    const waitAtExit = (): void => void closeExitGate(exitGate);
    process.on('exit', waitAtExit);
    Object.assign(this, { state: 'loading', problem: null, loadMs: null });
    connection.loaded.then(
      (loadMs) => Object.assign(this, { state: 'ready', loadMs }),
      (error: Error) => this.drop(connection, 'failed', error.message),
    );
    void connection.exited.then(() => {
      process.off('exit', waitAtExit);
      this.drop(connection, 'idle', null);
    });
    return connection;
  }

  private drop(connection: WorkerConnection, state: 'idle' | 'failed', problem: string | null): void {
    if (this.connection !== connection) return;
    this.connection = null;
    Object.assign(this, { state, problem });
  }
}

/** On globalThis because a server bundle may evaluate this module more than once, and there is memory for one model. */
const shared = globalThis as typeof globalThis & { generationEngine?: GenerationEngine };

/** The process's engine. Nothing is loaded until it is first asked. */
export function generationEngine(): GenerationEngine {
  return (shared.generationEngine ??= new WorkerEngine(startEngineWorker));
}

function startEngineWorker(workerData: WorkerData): Worker {
  // Next sets NEXT_RUNTIME where it compiles.
  if (!process.env.NEXT_RUNTIME) return startTypeScriptWorker(new URL('./engine-worker.ts', import.meta.url), workerData);
  // Written as one literal expression, because that is what the bundler recognises and replaces by the compiled file.
  return new Worker(new URL('./engine-worker.ts', import.meta.url), { workerData, execArgv: [] });
}
