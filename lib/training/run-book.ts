/** What is known of all runs, and who follows which: in memory those that are not at their end, the others on disk. */
import { summaryOf } from '../messages/training-fold.ts';
import { hasEnded, type RunEvent, type RunEventBody, type RunState, type TrainingRunDetail, type TrainingRunSummary } from '../messages/training.ts';
import { checkpointsOnDisk } from './checkpoints.ts';
import { EventLog, readEvents, readRun } from './event-log.ts';
import { listRunIds, readRecord } from './run-folder.ts';
import { Subscribers } from './subscribers.ts';

export class RunBook {
  /** Of runs that are not at their end. */
  private readonly open = new Map<string, EventLog>();
  private readonly ended = new Map<string, TrainingRunSummary>();
  private readonly subscribers = new Subscribers();

  get size(): number {
    return this.open.size + this.ended.size;
  }

  /** Reads a run in. One that cannot be read is left out. */
  async admit(id: string): Promise<TrainingRunDetail | null> {
    const log = await EventLog.open(id).catch(() => null);
    if (!log) return null;
    if (hasEnded(log.run.state)) this.ended.set(id, summaryOf(log.run));
    else this.open.set(id, log);
    return log.run;
  }

  /** Takes a run that has ended up again. */
  async reopen(id: string): Promise<void> {
    if (!this.open.has(id)) {
      const log = await EventLog.open(id);
      // Another may have taken it up meanwhile and told more by now.
      if (!this.open.has(id)) this.open.set(id, log);
    }
    this.ended.delete(id);
  }

  forget(id: string): void {
    this.open.delete(id);
    this.ended.delete(id);
    this.subscribers.end(id);
  }

  summaries(): TrainingRunSummary[] {
    return [...this.ended.values(), ...[...this.open.values()].map(({ run }) => summaryOf(run))];
  }

  summary(id: string): TrainingRunSummary {
    const run = this.open.get(id)?.run;
    return run ? summaryOf(run) : this.ended.get(id)!;
  }

  state(id: string): RunState | null {
    return this.open.get(id)?.run.state ?? this.ended.get(id)?.state ?? null;
  }

  /** A run that is not at its end. */
  unended(id: string): TrainingRunDetail | null {
    return this.open.get(id)?.run ?? null;
  }

  /** BadInputError (404) when there is no such run. */
  async detail(id: string): Promise<TrainingRunDetail> {
    return this.unended(id) ?? (await readRun(id));
  }

  tell(id: string, body: RunEventBody): void {
    const log = this.open.get(id);
    if (!log) return;
    const { event, failure } = log.append(body);
    // A full disk ends a training by its own saving; what happened is told all the same.
    if (failure) console.error(failure);
    this.subscribers.publish(id, event);
    if (!hasEnded(log.run.state)) return;
    this.open.delete(id);
    this.ended.set(id, summaryOf(log.run));
    this.subscribers.end(id);
  }

  /** Events after the one of this number, then those to come; ends with the run. BadInputError (404) when there is no such run. */
  async events(id: string, after: number, signal: AbortSignal): Promise<AsyncGenerator<RunEvent>> {
    await readRecord(id);
    // Heard from here on, so that nothing falls between what is read and what follows.
    const following = this.open.has(id) ? this.subscribers.follow(id, signal) : null;
    return (async function* () {
      let last = after;
      try {
        for (const event of await readEvents(id)) {
          if (event.sequence <= last || signal.aborted) continue;
          last = event.sequence;
          yield event;
        }
        for (let event = await following?.next(); event; event = await following?.next()) {
          if (event.sequence <= last) continue;
          last = event.sequence;
          yield event;
        }
      } finally {
        following?.stop();
      }
    })();
  }

  /** Tells of checkpoints that a process wrote without being heard, or that are gone. */
  async catchUp(id: string): Promise<void> {
    const found = await checkpointsOnDisk(id);
    const known = this.unended(id)?.checkpointList ?? [];
    for (const checkpoint of found) if (!known.some(({ step }) => step === checkpoint.step)) this.tell(id, { type: 'checkpoint-written', checkpoint });
    for (const { step } of known) if (!found.some((checkpoint) => checkpoint.step === step)) this.tell(id, { type: 'checkpoint-removed', step });
  }
}

/** All runs as another server keeps them. */
export async function summariesOnDisk(): Promise<TrainingRunSummary[]> {
  const runs = await Promise.all((await listRunIds()).map((id) => readRun(id).catch(() => null)));
  return runs.flatMap((run) => (run ? [summaryOf(run)] : []));
}
