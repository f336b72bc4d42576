import { Worker } from 'node:worker_threads';

/**
 * Node 20 starts no worker from TypeScript, not even with `--import tsx`; registering inside the worker does it. tsx is
 * found from the working directory, which is the project's root for every command.
 */
const BOOTSTRAP = `
  const { entry } = require('node:worker_threads').workerData;
  import('tsx/esm/api').then(({ register }) => { register(); return import(entry); });
`;

/** Starts a worker from a TypeScript file in a process that is not compiled: a command, a benchmark, a test. */
export function startTypeScriptWorker(entry: URL, workerData: object): Worker {
  return new Worker(BOOTSTRAP, { eval: true, execArgv: [], workerData: { ...workerData, entry: entry.href } });
}
