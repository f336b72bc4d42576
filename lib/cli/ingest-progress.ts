const PROGRESS_AFTER_MS = 1_000;

/** A bar on the terminal's error output once a step of the work has lasted a second; nothing where there is no terminal, or when `silent`. */
export function ingestProgress(silent = false): { update(done: number, total: number, what: 'files' | 'chunks'): void; end(): void } {
  let started = performance.now();
  let [shown, counted] = [false, ''];
  return {
    update(done, total, what) {
      if (what !== counted) [started, counted] = [performance.now(), what];
      const elapsed = performance.now() - started;
      if (silent || !process.stderr.isTTY || (!shown && elapsed < PROGRESS_AFTER_MS)) return;
      shown = true;
      const filled = Math.round((done / total) * 30);
      const left = Math.round(((elapsed / done) * (total - done)) / 1000);
      process.stderr.write(`\r[${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${done} of ${total} ${what}, ${left} s left  `);
    },
    end() {
      if (shown) process.stderr.write('\n');
    },
  };
}
