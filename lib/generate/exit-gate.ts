/**
 * Ending a process while ONNX Runtime computes in one of its threads aborts it. The gate lets the main thread, at the
 * very end and without an event loop, wait until the worker is between two runs, and keeps it from starting another.
 */
const RUNNING = 0;
const CLOSED = 1;

export const createExitGate = (): SharedArrayBuffer => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);

/** In the worker: does `run` with the gate telling that it is under way. Rejects once the gate is closed. */
export async function passExitGate<T>(gate: SharedArrayBuffer, run: () => Promise<T>): Promise<T> {
  const words = new Int32Array(gate);
  Atomics.store(words, RUNNING, 1);
  try {
    // Looked at after the line above, so that either this sees the closed gate or the closer sees the run.
    if (Atomics.load(words, CLOSED) === 1) throw new Error('The process is ending.');
    return await run();
  } finally {
    Atomics.store(words, RUNNING, 0);
    Atomics.notify(words, RUNNING);
  }
}

/** In the main thread: closes the gate and blocks until no run is under way, or the time is up. Tells whether it is free. */
export function closeExitGate(gate: SharedArrayBuffer, timeoutMs = 5000): boolean {
  const words = new Int32Array(gate);
  Atomics.store(words, CLOSED, 1);
  return Atomics.wait(words, RUNNING, 1, timeoutMs) !== 'timed-out';
}
