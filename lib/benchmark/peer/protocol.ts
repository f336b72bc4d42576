/** What the comparison asks of either side, one JSON object a line, and a process that answers it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TokenizedExample } from '../../finetune/batches.ts';
import type { GradientReach } from '../../finetune/training-graph.ts';

export type PeerRequest =
  | { readonly type: 'train'; readonly batches: readonly (readonly TokenizedExample[])[]; readonly learningRates: readonly number[] }
  | { readonly type: 'loss'; readonly batches: readonly (readonly TokenizedExample[])[] }
  | { readonly type: 'save'; readonly file: string };

export interface TrainingAnswer {
  readonly seconds: number;
  /** Of all threads: what other work on the machine disturbs least. */
  readonly processorSeconds: number;
  readonly tokens: number;
  readonly loss: number;
  readonly peakMemoryBytes: number;
}

export type PeerAnswer = TrainingAnswer | { readonly loss: number } | { readonly ready: Readonly<Record<string, string>> } | Record<string, never>;

export interface TraineeOptions {
  readonly rank: number;
  readonly alpha: number;
  /** Trained layers, from the top. */
  readonly layers: number;
  readonly precision: 'int8' | 'float32';
  readonly reach: GradientReach;
  readonly seed: number;
  readonly clipNorm: number;
  readonly cacheFolder: string;
}

export interface Side {
  readonly name: string;
  /** From the start of the process to its first line. */
  readonly secondsToReady: number;
  readonly versions: Readonly<Record<string, string>>;
  train(batches: readonly (readonly TokenizedExample[])[], learningRates: readonly number[]): Promise<TrainingAnswer>;
  loss(batches: readonly (readonly TokenizedExample[])[]): Promise<number>;
  /** Writes the adapter as a safetensors file with PEFT's names. */
  save(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts one side and waits until it is ready. Rejects with the end of what it wrote when it dies. */
export async function startSide(name: string, command: string, parameters: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Side> {
  const started = performance.now();
  const child = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const next = lines(name, child);
  const { ready } = (await next()) as { ready: Record<string, string> };
  const secondsToReady = (performance.now() - started) / 1000;
  const ask = async (request: PeerRequest): Promise<PeerAnswer> => {
    child.stdin!.write(`${JSON.stringify(request)}\n`);
    return next();
  };
  return {
    name, secondsToReady, versions: ready,
    train: async (batches, learningRates) => (await ask({ type: 'train', batches, learningRates })) as TrainingAnswer,
    loss: async (batches) => ((await ask({ type: 'loss', batches })) as { loss: number }).loss,
    save: async (file) => void (await ask({ type: 'save', file })),
    close: () => new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.stdin!.end();
    }),
  };
}

/** The answers of a process, one at a time. */
function lines(name: string, child: ChildProcess): () => Promise<PeerAnswer> {
  let complaints = '';
  child.stderr!.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)));
  const reader = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`${name} ended with ${code}: ${complaints}`)));
  });
  failed.catch(() => {});
  return async () => {
    const line = await Promise.race([reader.next(), failed]);
    if (line.done) return failed;
    return JSON.parse(line.value) as PeerAnswer;
  };
}
