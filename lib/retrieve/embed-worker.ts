/**
 * Worker thread that runs the embedding model, since a run of ONNX Runtime blocks its thread. Takes EmbedRequests,
 * posts EmbedReplies; between two batches it listens, so a question overtakes passages and a cancelled job ends.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { env, pipeline, type FeatureExtractionPipeline } from '@xenova/transformers';
import type { TextKind } from './embed.ts';
import { EMBEDDER_MODEL } from './embedder-model.ts';

export type EmbedRequest = { readonly type: 'embed'; readonly job: number; readonly texts: readonly string[]; readonly kind: TextKind } | { readonly type: 'cancel'; readonly job: number };

export type EmbedReply =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  /** Vectors of the texts at these positions of the job, one after another. */
  | { readonly type: 'batch'; readonly job: number; readonly positions: readonly number[]; readonly vectors: Float32Array }
  | { readonly type: 'error'; readonly job: number; readonly message: string };

export interface EmbedWorkerData {
  readonly modelsDirectory: string;
  /** [running, stop]: shared with the main thread, which must not end the process during a run. */
  readonly flags: Int32Array;
}

interface Job {
  readonly id: number;
  readonly kind: TextKind;
  /** Longest first, so that texts of like length share a batch and little is padding. */
  readonly left: { readonly position: number; readonly text: string }[];
}

const port = parentPort!;
const { modelsDirectory, flags } = workerData as EmbedWorkerData;
const jobs: Job[] = [];
let extractor: FeatureExtractionPipeline;
let working = false;

const reply = (message: EmbedReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

port.on('message', (request: EmbedRequest) => {
  if (request.type === 'cancel') {
    const index = jobs.findIndex(({ id }) => id === request.job);
    if (index >= 0) jobs.splice(index, 1);
    return;
  }
  const left = request.texts.map((text, position) => ({ position, text })).sort((a, b) => b.text.length - a.text.length || a.position - b.position);
  jobs.push({ id: request.job, kind: request.kind, left });
  if (!working) void work();
});

async function work(): Promise<void> {
  working = true;
  while (jobs.length && Atomics.load(flags, 1) === 0) {
    const job = jobs.find(({ kind }) => kind === 'query') ?? jobs[0];
    const batch = job.left.splice(0, EMBEDDER_MODEL.batchSize);
    if (job.left.length === 0) jobs.splice(jobs.indexOf(job), 1);
    await embedBatch(job, batch);
    await turn();
  }
  working = false;
}

async function embedBatch(job: Job, batch: Job['left']): Promise<void> {
  try {
    const prefix = EMBEDDER_MODEL.prefixes[job.kind];
    const output = await running(() => extractor(batch.map(({ text }) => prefix + text), { pooling: 'mean', normalize: true }));
    const vectors = Float32Array.from(output.data as Float32Array);
    reply({ type: 'batch', job: job.id, positions: batch.map(({ position }) => position), vectors }, [vectors.buffer]);
  } catch (error) {
    reply({ type: 'error', job: job.id, message: (error as Error).message });
  }
}

/** Marks the time in which ending the process would abort it; begins nothing once the main thread wants to end. */
async function running<Result>(run: () => Promise<Result>): Promise<Result> {
  Atomics.store(flags, 0, 1);
  try {
    if (Atomics.load(flags, 1) === 1) throw new Error('the process is ending');
    return await run();
  } finally {
    Atomics.store(flags, 0, 0);
    Atomics.notify(flags, 0);
  }
}

async function load(): Promise<void> {
  env.localModelPath = modelsDirectory;
  env.allowRemoteModels = false;
  env.useFSCache = false;
  extractor = await running(() =>
    pipeline('feature-extraction', EMBEDDER_MODEL.name, {
      device: 'cpu',
      dtype: EMBEDDER_MODEL.dtype,
      session_options: { intraOpNumThreads: 2, interOpNumThreads: 1, extra: { session: { intra_op: { allow_spinning: '0' } } } },
    }),
  );
}

load().then(
  () => reply({ type: 'ready' }),
  (error: Error) => reply({ type: 'failed', message: error.message }),
);
