/** The trainings of one data directory: one runs, others wait, all survive the server. */
import path from 'node:path';
import type { ExampleRow } from '../messages/examples.ts';
import { hasEnded, isWorking, type RunEvent, type RunEventBody, type RunReference, type TrainingRunDetail, type TrainingRunSummary } from '../messages/training.ts';
import { BadInputError, LockedError, QueueFullError } from '../system/errors.ts';
import { takeLock, type Holder, type Lock } from '../system/file-lock.ts';
import { dataDirectory } from '../system/paths.ts';
import { removeFolder, settleFolders } from '../system/write-folder.ts';
import { refuseTakenMeanwhile } from './adapter-library.ts';
import { failureOf } from './problem.ts';
import type { StartTraining } from './process.ts';
import type { ToTraining } from './protocol.ts';
import { RunBook, summariesOnDisk } from './run-book.ts';
import { listRunIds, readRecord, runFolder, trainingDirectory, writeRun, type RunRecord } from './run-folder.ts';
import { Supervisor } from './supervisor.ts';

export interface TrainingManagerOptions {
  readonly start: StartTraining;
  /** How long a process may take to obey before it is ended. Default 30 s: a step, saving, and a checkpoint. */
  readonly patienceMs?: number;
}

/** Checkpoints take space: past this, old runs have to be deleted first. */
const MOST_RUNS = 100;
const MOST_QUEUED = 20;
const PATIENCE_MS = 30_000;

export class TrainingManager {
  private owner: Lock | null = null;
  private opening: Promise<Holder | null> | null = null;
  private readonly book = new RunBook();
  private queue: string[] = [];
  private current: { readonly id: string; readonly supervisor: Supervisor } | null = null;
  private closed = false;

  constructor(private readonly options: TrainingManagerOptions) {}

  /** Goes on with what an earlier server left. Need not be called: every other call does it. */
  async open(): Promise<void> {
    await this.ready();
  }

  /** All runs, newest first. */
  async list(): Promise<TrainingRunSummary[]> {
    const elsewhere = (await this.ready()) !== null;
    const runs = elsewhere ? await summariesOnDisk() : this.book.summaries().map((run) => this.placed(run));
    return runs.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  /** BadInputError (404) when there is no such run. */
  async detail(id: string): Promise<TrainingRunDetail> {
    await this.ready();
    return this.placed(await this.book.detail(id));
  }

  /** Events after the one of this number, then those to come; ends with the run. BadInputError (404) when there is no such run. */
  async events(id: string, after: number, signal: AbortSignal): Promise<AsyncGenerator<RunEvent>> {
    await this.ready();
    return this.book.events(id, after, signal);
  }

  /** Puts a run in the queue, or starts it when nothing runs. */
  async create(record: RunRecord, examples: readonly ExampleRow[]): Promise<TrainingRunSummary> {
    await this.owned();
    if (this.queue.length >= MOST_QUEUED) throw new QueueFullError(`${this.queue.length} trainings are waiting already.`, { remedy: 'Wait, or stop one of them.' });
    if (this.book.size >= MOST_RUNS) throw new QueueFullError(`There are ${MOST_RUNS} trainings.`, { remedy: 'Delete old ones; their checkpoints take space.' });
    await writeRun(record, examples);
    await this.book.admit(record.id);
    this.enqueue(record.id);
    return this.placed(this.book.summary(record.id));
  }

  async pause(id: string): Promise<TrainingRunSummary> {
    const { state } = await this.unended(id, 'be paused');
    if (isWorking(state) && this.current?.id === id) await this.order('pause');
    // At work, but not here: its supervisor failed. Nobody else would settle it.
    else if (isWorking(state) || state === 'queued') this.leaveQueue(id, { type: 'run-paused' });
    return this.book.summary(id);
  }

  async stop(id: string): Promise<TrainingRunSummary> {
    const { state } = await this.unended(id, 'be stopped');
    if (isWorking(state) && this.current?.id === id) await this.order('stop');
    else this.leaveQueue(id, { type: 'run-stopped' });
    return this.book.summary(id);
  }

  /** Goes on with a paused, stopped or failed run, when its turn comes. NameTakenError when another adapter has got its name meanwhile. */
  async resume(id: string): Promise<TrainingRunSummary> {
    await this.owned();
    const run = await this.book.detail(id);
    refuseUnderWay(run);
    if (!run.resumable) throw refusal(run, 'be resumed', 'Start a new training.');
    await refuseTakenMeanwhile(await readRecord(id));
    await this.book.reopen(id);
    // Two may ask at the same moment: queued twice, it would be trained anew behind itself.
    refuseUnderWay(this.book.summary(id));
    this.enqueue(id);
    return this.placed(this.book.summary(id));
  }

  /** Ends a run where it stands and removes its files. */
  async remove(id: string): Promise<void> {
    await this.owned();
    await readRecord(id);
    this.queue = this.queue.filter((queued) => queued !== id);
    if (this.current?.id === id) await this.current.supervisor.close();
    this.book.forget(id);
    await removeFolder(runFolder(id));
    this.tellPlaces();
  }

  /** Ends the training process, as the end of the server does; the next server goes on. */
  async close(): Promise<void> {
    this.closed = true;
    await this.current?.supervisor.close();
    this.owner?.release();
  }

  /** `null` when the trainings are ours; otherwise who has them. */
  private ready(): Promise<Holder | null> {
    if (this.owner && !this.opening) return Promise.resolve(null);
    return (this.opening ??= this.takeOver().finally(() => (this.opening = null)));
  }

  private async owned(): Promise<void> {
    const holder = await this.ready();
    if (holder) throw new LockedError(`Another server${holder.pid ? ` (process ${holder.pid})` : ''} runs the trainings of ${dataDirectory()}.`, { remedy: 'Use that one, or end it.' });
  }

  private async takeOver(): Promise<Holder | null> {
    const taken = await takeLock(path.join(trainingDirectory(), 'server.lock'));
    if (!('lock' in taken)) return taken.holder ?? { pid: 0, host: '' };
    this.owner = taken.lock;
    await settleFolders(trainingDirectory());
    await settleFolders(path.join(dataDirectory(), 'adapters'));
    const waiting: { id: string; since: string }[] = [];
    for (const id of await listRunIds()) {
      const run = await this.book.admit(id);
      if (!run || hasEnded(run.state)) continue;
      await this.book.catchUp(id);
      // One that was at work when its server went away goes first.
      if (run.state !== 'paused') waiting.push({ id, since: isWorking(run.state) ? '' : run.createdAt });
    }
    for (const { id } of waiting.sort((a, b) => (a.since < b.since ? -1 : 1))) this.enqueue(id);
    return null;
  }

  private enqueue(id: string): void {
    if (this.queue.includes(id)) return;
    this.queue.push(id);
    this.advance();
    this.tellPlaces();
  }

  private leaveQueue(id: string, body: RunEventBody): void {
    this.queue = this.queue.filter((queued) => queued !== id);
    this.book.tell(id, body);
    this.tellPlaces();
  }

  /** Starts the next run when nothing runs. */
  private advance(): void {
    if (this.current || this.closed) return;
    const id = this.queue.shift();
    if (id === undefined) return;
    const { book } = this;
    const supervised = { folder: runFolder(id), state: () => book.state(id), tell: (body: RunEventBody) => book.tell(id, body), catchUp: () => book.catchUp(id) };
    const supervisor = new Supervisor(supervised, this.options.start);
    this.current = { id, supervisor };
    const failed = (error: unknown): void => {
      console.error(error);
      const state = book.state(id);
      if (state !== null && isWorking(state)) book.tell(id, { type: 'run-failed', ...failureOf(error) });
    };
    void supervisor.done.catch(failed).finally(() => {
      this.current = null;
      this.advance();
      this.tellPlaces();
    });
  }

  private async order(type: ToTraining['type']): Promise<void> {
    await this.current?.supervisor.order(type, this.options.patienceMs ?? PATIENCE_MS);
  }

  /** Tells those who wait where they stand, where that has changed. */
  private tellPlaces(): void {
    for (const id of this.queue) {
      const place = this.queuePlace(id)!;
      const { state, queue } = this.book.summary(id);
      if (state !== 'queued' || queue?.position !== place.position || queue.behind?.id !== place.behind?.id) this.book.tell(id, { type: 'run-queued', ...place });
    }
  }

  private queuePlace(id: string): { position: number; behind: RunReference | null } | null {
    const place = this.queue.indexOf(id);
    if (place < 0) return null;
    const first = this.current && this.book.unended(this.current.id);
    return { position: place + 1, behind: first ? { id: first.id, name: first.name, startedBy: first.startedBy } : null };
  }

  private placed<Run extends TrainingRunSummary>(run: Run): Run {
    return { ...run, queue: this.queuePlace(run.id) };
  }

  private async unended(id: string, what: string): Promise<TrainingRunDetail> {
    await this.owned();
    const run = this.book.unended(id);
    if (run) return run;
    throw refusal(await this.book.detail(id), what);
  }
}

function refuseUnderWay(run: TrainingRunSummary): void {
  if (!hasEnded(run.state) && run.state !== 'paused') throw refusal(run, 'be resumed');
}

function refusal(run: TrainingRunSummary, what: string, remedy = 'Look at its state again: it has changed meanwhile.'): BadInputError {
  return new BadInputError(`The training "${run.name}" (${run.id}) cannot ${what}: it is ${run.state}.`, { httpStatus: 409, remedy });
}
