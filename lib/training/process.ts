/** Starts training processes. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../system/paths.ts';
import type { FromTraining, ToTraining } from './protocol.ts';

export interface TrainingProcess {
  send(message: ToTraining): void;
  kill(): void;
  /** Resolves after the last message. `output`: the end of what it wrote as errors. */
  readonly exited: Promise<{ readonly how: string; readonly output: string }>;
}

export type StartTraining = (folder: string, listener: (message: FromTraining) => void) => TrainingProcess;

const KEPT_OUTPUT = 4096;

/** `entry`: the TypeScript file of the process, from the project's root. */
export const trainingProcesses = (entry: string): StartTraining => (folder, listener) => {
  // Next's own settings mean nothing to a process that runs from the sources.
  const { NODE_OPTIONS: _options, NEXT_RUNTIME: _runtime, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(/* turbopackIgnore: true */ projectRoot(), entry), folder], {
    cwd: projectRoot(),
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let output = '';
  // A process that could not be started, for want of files or of processes, has no streams.
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-KEPT_OUTPUT)));
  child.on('message', (message) => listener(message as FromTraining));
  const exited = new Promise<{ how: string; output: string }>((resolve) => {
    // Also told of one that runs and cannot be ended, which is no end.
    child.on('error', (error) => child.pid === undefined && resolve({ how: error.message, output }));
    child.once('close', (code, signal) => resolve({ how: signal ? `signal ${signal}` : `code ${code}`, output }));
  });
  return {
    exited,
    send: (message) => void (child.connected && child.send(message, () => {})),
    // One that was never started has the number 0, which means ourselves and our whole group.
    kill: () => void (child.pid !== undefined && child.kill('SIGKILL')),
  };
};
