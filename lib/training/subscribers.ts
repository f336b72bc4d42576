import type { RunEvent } from '../messages/training.ts';

/** A reader that falls this far behind is let go; it comes back where it stopped. */
const MOST_WAITING = 10_000;

export interface Following {
  /** The next event; `null` when no more will come. */
  next(): Promise<RunEvent | null>;
  stop(): void;
}

/** Who follows which run. */
export class Subscribers {
  private readonly listeners = new Map<string, Set<(event: RunEvent | null) => void>>();

  publish(run: string, event: RunEvent): void {
    for (const listener of this.listeners.get(run) ?? []) listener(event);
  }

  /** No more events will come for this run. */
  end(run: string): void {
    for (const listener of this.listeners.get(run) ?? []) listener(null);
  }

  /** Hears what is published from now on, until it is stopped or the signal is aborted. */
  follow(run: string, signal: AbortSignal): Following {
    const waiting: (RunEvent | null)[] = [];
    let wake = (): void => {};
    const listeners = this.listeners.get(run) ?? new Set();
    this.listeners.set(run, listeners);
    const listener = (event: RunEvent | null): void => {
      if (waiting.length >= MOST_WAITING) waiting.splice(0, waiting.length, null);
      else waiting.push(event);
      wake();
    };
    const stop = (): void => {
      signal.removeEventListener('abort', stop);
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(run) === listeners) this.listeners.delete(run);
      waiting.splice(0, waiting.length, null);
      wake();
    };
    listeners.add(listener);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    return {
      stop,
      async next() {
        while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        // The end stays where it is: whoever asks again gets it again.
        return waiting[0] === null ? null : waiting.shift()!;
      },
    };
  }
}
