/** Reads HTML, PDF and DOCX in a worker thread that is stopped when a file takes too long or too much memory. */
import { Worker } from 'node:worker_threads';
import { mebibytes, READING_LIMITS, UnreadableFile, type ReadingLimits } from './limits.ts';
import type { Format, ReadReply, ReadRequest } from './reader-worker.ts';

const FORMAT_OF: Readonly<Record<string, Format>> = { '.html': 'html', '.htm': 'html', '.xhtml': 'html', '.pdf': 'pdf', '.docx': 'docx' };

/** The format that a file's ending (with its dot) stands for, when it is one of those read here. */
export const formatOf = (ending: string): Format | null => FORMAT_OF[ending.toLowerCase()] ?? null;

export interface FileReader {
  readonly largestBytes: number;
  /** The text as Markdown, or why there is none. Takes the bytes over. Rejects only when `signal` is aborted. */
  read(format: Format, bytes: Uint8Array, signal?: AbortSignal): Promise<ReadReply>;
  /** Frees the thread; nothing can be under way. */
  close(): Promise<void>;
}

const WATCH_MS = 200;

/** Starts nothing before the first file. One file at a time. */
export function openFileReader(limits: ReadingLimits = READING_LIMITS): FileReader {
  let worker: Worker | null = null;
  const close = async () => {
    const stopped = worker;
    worker = null;
    await stopped?.terminate();
  };
  return {
    largestBytes: limits.fileBytes,
    async read(format, bytes, signal) {
      signal?.throwIfAborted();
      if (bytes.length > limits.fileBytes) return { why: { id: 'too-large', facts: { limit: mebibytes(limits.fileBytes) } } };
      // The time that a busy machine takes to start a thread is not the file's fault.
      worker ??= await startWorker(limits);
      try {
        return await ask(worker, { format, bytes }, limits, signal);
      } catch (error) {
        await close();
        if (signal?.aborted) throw error;
        return { why: error instanceof UnreadableFile ? error.why : { id: 'broke-off', facts: { cause: (error as Error).message } } };
      }
    },
    close,
  };
}

async function ask(worker: Worker, request: ReadRequest, limits: ReadingLimits, signal?: AbortSignal): Promise<ReadReply> {
  const [started, before] = [performance.now(), process.memoryUsage.rss()];
  let stopWatching = () => {};
  try {
    return await new Promise<ReadReply>((resolve, reject) => {
      const watch = setInterval(() => {
        if (performance.now() - started > limits.milliseconds) reject(new UnreadableFile({ id: 'takes-too-long', facts: { seconds: limits.milliseconds / 1000 } }));
        else if (process.memoryUsage.rss() - before > limits.memoryBytes) reject(new UnreadableFile({ id: 'takes-too-much-memory', facts: { limit: mebibytes(limits.memoryBytes) } }));
      }, Math.min(WATCH_MS, limits.milliseconds));
      const abort = () => reject(signal!.reason);
      const exited = () => reject(new Error('its reader ended'));
      signal?.addEventListener('abort', abort, { once: true });
      worker.on('message', resolve).on('error', reject).on('exit', exited);
      stopWatching = () => {
        clearInterval(watch);
        signal?.removeEventListener('abort', abort);
        worker.off('message', resolve).off('error', reject).off('exit', exited);
      };
      worker.postMessage(request);
    });
  } finally {
    stopWatching();
  }
}

async function startWorker(limits: ReadingLimits): Promise<Worker> {
  const options = { workerData: { limits }, resourceLimits: { maxOldGenerationSizeMb: Math.round(limits.memoryBytes / 2 ** 20) }, stderr: true, stdout: true };
  // Next bundles the worker as JavaScript; everywhere else it is loaded as it stands.
  const worker = process.env.NEXT_RUNTIME
    ? new Worker(new URL('./reader-worker.ts', import.meta.url), options)
    : new Worker(new URL('./reader-worker.ts', import.meta.url), { ...options, execArgv: ['--import', typescriptHook()] });
  await new Promise<void>((resolve, reject) => worker.once('message', () => resolve()).once('error', reject).once('exit', () => reject(new Error('The thread that reads files did not start.'))));
  worker.removeAllListeners('error').removeAllListeners('exit');
  // Without a listener of its own, a failure between two files would end the process.
  worker.on('error', () => undefined);
  return worker;
}

function typescriptHook(): string {
  return new URL('../../retrieve/typescript-hook.mjs', import.meta.url).href;
}
