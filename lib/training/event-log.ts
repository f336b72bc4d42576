/** A run as the sum of its events, kept in a file that is only ever added to. */
import { appendFileSync, statSync, truncateSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { foldRun, newRun } from '../messages/training-fold.ts';
import type { RunEvent, RunEventBody, TrainingRunDetail } from '../messages/training.ts';
import { eventsFile, readRecord, runFolder } from './run-folder.ts';

/** The events of a run in order. A last line that a crash cut short is left out. */
export async function readEvents(id: string): Promise<RunEvent[]> {
  const text = await readFile(eventsFile(runFolder(id)), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.slice(0, text.lastIndexOf('\n') + 1).split('\n').flatMap((line) => parse(line) ?? []);
}

/** A run as it stands on disk. */
export async function readRun(id: string): Promise<TrainingRunDetail> {
  const record = await readRecord(id);
  return (await readEvents(id)).reduce(foldRun, newRun(record));
}

export class EventLog {
  private constructor(
    private readonly file: string,
    private current: TrainingRunDetail,
    private readonly now: () => Date,
  ) {}

  /** For the one process that adds to it. */
  static async open(id: string, now: () => Date = () => new Date()): Promise<EventLog> {
    const run = await readRun(id);
    const file = eventsFile(runFolder(id));
    dropTornLine(file, await readFile(file).catch(() => Buffer.alloc(0)));
    return new EventLog(file, run, now);
  }

  get run(): TrainingRunDetail {
    return this.current;
  }

  /**
   * Adds an event. Written at once and in order; not synced, since training goes on from its own state. A disk that takes
   * no more throws, but the event counts all the same: what happened has happened.
   */
  append(body: RunEventBody): { readonly event: RunEvent; readonly failure: NodeJS.ErrnoException | null } {
    const event = { ...body, sequence: this.current.lastEvent + 1, at: this.now().toISOString() } as RunEvent;
    this.current = foldRun(this.current, event);
    return { event, failure: appendLine(this.file, `${JSON.stringify(event)}\n`) };
  }
}

function appendLine(file: string, line: string): NodeJS.ErrnoException | null {
  const before = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  try {
    appendFileSync(file, line);
    return null;
  } catch (error) {
    // Half a line would spoil the next one.
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > before) truncateSync(file, before);
    return error as NodeJS.ErrnoException;
  }
}

function dropTornLine(file: string, content: Buffer): void {
  const whole = content.lastIndexOf(0x0a) + 1;
  if (whole < content.length) truncateSync(file, whole);
}

function parse(line: string): RunEvent | null {
  try {
    return line === '' ? null : (JSON.parse(line) as RunEvent);
  } catch {
    return null;
  }
}
