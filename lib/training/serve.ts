/** The training process: trains one run for the server that started it, and ends with it. */
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEventBody } from '../messages/training.ts';
import { LockedError } from '../system/errors.ts';
import { takeLock, type Lock } from '../system/file-lock.ts';
import { failureOf } from './problem.ts';
import type { FromTraining, Interruption, ToTraining } from './protocol.ts';
import { readRecord, trainingLock, type RunRecord } from './run-folder.ts';

export interface TrainingJob {
  readonly record: RunRecord;
  readonly folder: string;
  /** Aborted with an Interruption as its reason. */
  readonly signal: AbortSignal;
}

/** Trains, going on from the state in the folder where there is one. Returns early once the signal is aborted and the state is saved. */
export type Training = (job: TrainingJob) => AsyncIterable<FromTraining>;

/** Another training may need this long to finish its step and save. */
const LOCK_WAIT_MS = 120_000;

/** The whole life of the process; its argument is the folder of the run. */
export async function serveTraining(training: Training, priority: number = constants.priority.PRIORITY_BELOW_NORMAL): Promise<void> {
  // Before any thread of the model is started, so that all of them inherit it: asking goes first, with nine tenths of the time.
  // The lowest priority of all would leave nothing beside any other program that computes.
  setPriority(priority);
  const folder = process.argv[2];
  const signal = interruptions();
  let lock: Lock | null = null;
  try {
    lock = await waitForLock(signal);
    const finished = lock !== null && (await trainOrLeave(lock, training, { folder, signal }));
    const reason = signal.reason as Interruption | undefined;
    if (!finished && (reason === 'pause' || reason === 'stop')) await tell({ type: 'event', body: { type: reason === 'pause' ? 'run-paused' : 'run-stopped' } });
  } catch (error) {
    if (!signal.aborted || signal.reason !== 'orphaned') {
      console.error(error);
      await tell({ type: 'event', body: { type: 'run-failed', ...failureOf(error) } });
    }
  } finally {
    lock?.release();
  }
  process.exit(0);
}

/** Opening the model may take long and leaves nothing to save: an order is obeyed at once there. Later the training obeys itself. */
async function trainOrLeave(lock: Lock, training: Training, place: Omit<TrainingJob, 'record'>): Promise<boolean> {
  let opening = true;
  const leaving = new Promise<boolean>((resolve) => {
    const leave = (): void => void (opening && resolve(false));
    place.signal.addEventListener('abort', leave, { once: true });
    if (place.signal.aborted) leave();
  });
  return Promise.race([trainWith(lock, training, place, () => (opening = false)), leaving]);
}

async function trainWith(lock: Lock, training: Training, { folder, signal }: Omit<TrainingJob, 'record'>, begun: () => void): Promise<boolean> {
  const record = await readRecord(path.basename(folder));
  let last: RunEventBody | null = null;
  for await (const message of training({ record, folder, signal })) {
    if (message.type === 'event') {
      last = message.body;
      begun();
    }
    await tell(message);
    if (!lock.isHeld()) throw new LockedError('Another process has taken this training over.', { remedy: 'Nothing is lost: it goes on there.' });
  }
  return last?.type === 'run-finished';
}

function interruptions(): AbortSignal {
  const controller = new AbortController();
  process.on('message', ({ type }: ToTraining) => controller.abort(type));
  process.on('disconnect', () => controller.abort('orphaned'));
  // Ctrl-C in the server's terminal reaches this process too.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort('orphaned'));
  return controller.signal;
}

/** `null` when interrupted meanwhile. */
async function waitForLock(signal: AbortSignal): Promise<Lock | null> {
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    const taken = await takeLock(trainingLock());
    if ('lock' in taken) return taken.lock;
    if (signal.aborted) return null;
    if (performance.now() >= deadline) {
      throw new LockedError(`Another process${taken.holder ? ` (number ${taken.holder.pid})` : ''} is training in this data directory.`, { remedy: 'Wait until it is done, then resume.' });
    }
    await sleep(250);
  }
}

/** Nobody may be listening any more; then the files say what has to be said. */
const tell = (message: FromTraining): Promise<void> =>
  new Promise((resolve) => (process.connected ? process.send!(message, () => resolve()) : resolve()));
