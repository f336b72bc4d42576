/** An async iterable that is filled from outside and read by one reader, at the reader's own pace. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #wake: (() => void) | null = null;
  #closed = false;
  #error: unknown;

  push(value: T): void {
    if (this.#closed) return;
    this.#values.push(value);
    this.#wake?.();
  }

  /** Ends the iteration after what was pushed. With an error, the reader gets it thrown there. */
  close(error?: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#error = error;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift()!;
      if (this.#closed) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
    if (this.#error !== undefined) throw this.#error;
  }
}
