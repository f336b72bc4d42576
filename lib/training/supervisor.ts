/** Sees one run through: starts its process, starts it again when it dies, carries orders to it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isWorking, type RunEventBody, type RunState } from '../messages/training.ts';
import type { StartTraining, TrainingProcess } from './process.ts';
import type { ToTraining } from './protocol.ts';

export interface Supervised {
  readonly folder: string;
  /** `null` when the run is no longer there. */
  state(): RunState | null;
  tell(body: RunEventBody): void;
  /** Called before a process that died is replaced: what it wrote without being heard. */
  catchUp(): Promise<void>;
}

/** A process that dies without having saved anything new is not started for ever. */
const MOST_CRASHES = 3;
const PAUSE_AFTER_CRASH_MS = 500;

export class Supervisor {
  /** Resolves when the run works no more: at its end, paused, or the supervisor closed. */
  readonly done: Promise<void>;
  private process: TrainingProcess | null = null;
  private given: ToTraining['type'] | null = null;
  private closed = false;
  private savedSinceStart = false;

  constructor(private readonly run: Supervised, private readonly start: StartTraining) {
    this.done = this.supervise();
  }

  /** Resolves when it is obeyed. A process that takes longer than `patienceMs` is ended; its last saved state stays. */
  async order(type: ToTraining['type'], patienceMs: number): Promise<void> {
    this.given = type;
    this.process?.send({ type });
    const timer = setTimeout(() => this.process?.kill(), patienceMs);
    await this.done;
    clearTimeout(timer);
  }

  /** Ends the process where it stands and tells nothing. */
  async close(): Promise<void> {
    this.closed = true;
    this.process?.kill();
    await this.done;
  }

  private async supervise(): Promise<void> {
    for (let crashes = 0; ; ) {
      this.run.tell({ type: 'run-preparing' });
      this.savedSinceStart = false;
      this.process = this.start(this.run.folder, (message) => {
        if (message.type === 'saved') this.savedSinceStart = true;
        else this.run.tell(message.body);
      });
      const { how, output } = await this.process.exited;
      const state = this.run.state();
      if (this.closed || state === null) return;
      if (state === 'paused' && this.given === 'stop') this.run.tell({ type: 'run-stopped' });
      if (!isWorking(state)) return;
      await this.run.catchUp();
      crashes = this.savedSinceStart ? 1 : crashes + 1;
      if (this.given === null && crashes < MOST_CRASHES) await sleep(PAUSE_AFTER_CRASH_MS * crashes);
      if (this.closed || this.run.state() === null) return;
      if (this.given !== null) return this.run.tell({ type: this.given === 'pause' ? 'run-paused' : 'run-stopped' });
      if (crashes >= MOST_CRASHES) return this.run.tell(crashed(how, output));
    }
  }
}

function crashed(how: string, output: string): RunEventBody {
  const lastWords = output.trim().split('\n').at(-1);
  return {
    type: 'run-failed', resumable: true,
    problem: {
      code: 'training-process-ended',
      message: `The training process ended ${MOST_CRASHES} times in a row (${how}).${lastWords ? ` ${lastWords}` : ''}`,
      remedy: 'Free memory, then resume; or start anew with fewer layers or smaller batches.',
    },
  };
}
