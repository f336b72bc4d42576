/** Loading time and memory, each round in a process of its own: nothing is warm but the file cache. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../system/paths.ts';
import type { OpenBenchmark, Reading } from './types.ts';

/** What the process of one round prints. */
export interface LoadingReport {
  readonly engineSeconds: number;
  readonly embedderSeconds: number;
  /** Resident memory of the whole process, both models loaded and both arms answered once. */
  readonly residentBytes: number;
  readonly residentBytesBefore: number;
}

/** Seconds until each model is ready, and MiB of the process before loading and after both arms answered. */
export async function openLoading(): Promise<OpenBenchmark> {
  const run = async (_round: number, signal: AbortSignal): Promise<Reading[]> => {
    const report: LoadingReport = JSON.parse(await outputOf(['lib/benchmark/loading-process.ts'], signal));
    return [
      { figure: 'language model', unit: 's', value: report.engineSeconds },
      { figure: 'embedding model', unit: 's', value: report.embedderSeconds },
      { figure: 'memory after answering', unit: 'MiB', value: report.residentBytes / 2 ** 20, goal: { atMost: 1024 } },
      { figure: 'of it before loading', unit: 'MiB', value: report.residentBytesBefore / 2 ** 20 },
    ];
  };
  return { variants: [{ name: 'fresh process', run }], close: async () => {} };
}

/** Standard output of a TypeScript program of this project. */
function outputOf(args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(projectRoot(), 'node_modules/tsx/dist/cli.mjs'), ...args], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'], signal, killSignal: 'SIGTERM' });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve(output) : reject(new Error(`${args[0]} ended with status ${status}.`))));
  });
}
