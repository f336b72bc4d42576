/** The embedder of the product: multilingual E5 in a worker thread, loaded once, at the first text. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DamagedArtifactError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { verifyModel, type Manifest } from '../weights/manifest.ts';
import type { EmbedReply, EmbedRequest, EmbedWorkerData } from './embed-worker.ts';
import type { Embedder, TextKind } from './embed.ts';
import { EMBEDDER_MODEL } from './embedder-model.ts';

interface Job {
  readonly vectors: Float32Array[];
  done: number;
  resolve(): void;
  reject(error: unknown): void;
  progress?(done: number, total: number): void;
}

/** At most this long the end of the process waits for a batch that is being embedded. */
const DRAIN_MS = 5_000;

export class E5Embedder implements Embedder {
  readonly dimensions = EMBEDDER_MODEL.dimensions;
  private worker: Promise<Worker> | null = null;
  private readonly jobs = new Map<number, Job>();
  private readonly flags = new Int32Array(new SharedArrayBuffer(8));
  private nextJob = 0;
  private knownId: string | null = null;

  constructor(private readonly models = modelsDirectory()) {}

  /** The model's name and the beginning of its weights' SHA-256: vectors of other weights are not comparable. */
  get id(): string {
    return (this.knownId ??= `${EMBEDDER_MODEL.name}-${weightsHash(this.models).slice(0, 12)}`);
  }

  async embed(texts: readonly string[], kind: TextKind, signal?: AbortSignal, progress?: (done: number, total: number) => void): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    const worker = await this.load();
    signal?.throwIfAborted();
    const id = this.nextJob++;
    const vectors = new Array<Float32Array>(texts.length);
    const cancel = () => {
      this.send(worker, { type: 'cancel', job: id });
      this.jobs.get(id)?.reject(signal!.reason);
    };
    // The worker keeps the process alive only while someone waits for it.
    worker.ref();
    try {
      await new Promise<void>((resolve, reject) => {
        this.jobs.set(id, { vectors, done: 0, resolve, reject, progress });
        signal?.addEventListener('abort', cancel, { once: true });
        this.send(worker, { type: 'embed', job: id, texts, kind });
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.jobs.delete(id);
      if (this.jobs.size === 0) worker.unref();
    }
    return vectors;
  }

  /** Lets the running batch end, then frees the model. Jobs that wait are rejected. A later embed loads it again. */
  async close(): Promise<void> {
    const worker = await this.worker?.catch(() => null);
    if (!worker) return;
    this.drain();
    await worker.terminate();
  }

  /** The one door: the first caller starts the worker, all wait for the same promise; a failure is forgotten. */
  private load(): Promise<Worker> {
    this.worker ??= this.start().catch((error: unknown) => {
      this.worker = null;
      throw error;
    });
    return this.worker;
  }

  private async start(): Promise<Worker> {
    const folder = path.join(this.models, EMBEDDER_MODEL.name);
    await verifyModel(folder);
    this.flags.fill(0);
    const data: EmbedWorkerData = { modelsDirectory: this.models, flags: this.flags };
    // Next bundles the worker as JavaScript; everywhere else it is loaded as it stands.
    const worker = process.env.NEXT_RUNTIME
      ? new Worker(new URL('./embed-worker.ts', import.meta.url), { workerData: data })
      : new Worker(new URL('./embed-worker.ts', import.meta.url), { workerData: data, execArgv: ['--import', typescriptHook()] });
    const drain = () => this.drain();
    process.once('exit', drain);
    return new Promise((resolve, reject) => {
      worker.on('message', (reply: EmbedReply) => {
        if (reply.type === 'ready') resolve(worker);
        else if (reply.type === 'failed') {
          reject(new DamagedArtifactError(`The embedding model in ${folder} cannot be loaded: ${reply.message}`, { remedy: `git checkout -- models/${EMBEDDER_MODEL.name}` }));
          void worker.terminate();
        } else this.receive(reply);
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        process.off('exit', drain);
        this.worker = null;
        const ended = new Error('The embedding worker has ended.');
        reject(ended);
        for (const job of this.jobs.values()) job.reject(ended);
      });
    });
  }

  private receive(reply: Extract<EmbedReply, { job: number }>): void {
    const job = this.jobs.get(reply.job);
    if (!job) return;
    if (reply.type === 'error') return job.reject(new Error(`Embedding failed: ${reply.message}`));
    reply.positions.forEach((position, index) => (job.vectors[position] = reply.vectors.slice(index * this.dimensions, (index + 1) * this.dimensions)));
    job.done += reply.positions.length;
    job.progress?.(job.done, job.vectors.length);
    if (job.done === job.vectors.length) job.resolve();
  }

  private send(worker: Worker, request: EmbedRequest): void {
    worker.postMessage(request);
  }

  /** Blocks until the worker is between two batches: ending the process during one would abort it with a core dump. */
  private drain(): void {
    Atomics.store(this.flags, 1, 1);
    Atomics.wait(this.flags, 0, 1, DRAIN_MS);
  }
}

function weightsHash(models: string): string {
  const file = path.join(models, 'manifest.json');
  try {
    const { files } = JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8')) as Manifest;
    return files[`${EMBEDDER_MODEL.name}/${EMBEDDER_MODEL.file}`].sha256;
  } catch (cause) {
    throw new DamagedArtifactError(`${file} does not name the embedding model.`, { cause, remedy: 'git checkout -- models/manifest.json' });
  }
}

function typescriptHook(): string {
  return new URL('./typescript-hook.mjs', import.meta.url).href;
}

// Next evaluates a module more than once; the model is loaded once all the same.
const shared = globalThis as typeof globalThis & { sharedEmbedder?: E5Embedder };

/** The embedder of this process. Nothing is loaded before its first text. */
export function sharedEmbedder(): E5Embedder {
  return (shared.sharedEmbedder ??= new E5Embedder());
}
