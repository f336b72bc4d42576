/**
 * Turns the bytes of the tokens of an answer into text that can be shown at once: never half a character (a token
 * may be a single byte of one), and never the beginning of a stop string that a later token completes.
 */
export class AnswerText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #stop: readonly string[];
  #atStart = true;
  #held = '';

  /** The answer ends before the first occurrence of any of these strings. */
  constructor(stop: readonly string[] = []) {
    this.#stop = stop.filter((text) => text !== '');
  }

  /** The text that a token's bytes make certain; after `stopped` nothing may follow. */
  push(bytes: Uint8Array): { text: string; stopped: boolean } {
    let decoded = this.#decoder.decode(bytes, { stream: true });
    if (this.#atStart && decoded !== '') {
      // A prompt ends with a colon and the answer's first word brings its own space.
      if (decoded.startsWith(' ')) decoded = decoded.slice(1);
      this.#atStart = false;
    }
    const text = this.#held + decoded;
    const end = Math.min(...this.#stop.map((stop) => text.indexOf(stop)).filter((index) => index >= 0), Infinity);
    if (end < Infinity) {
      this.#held = '';
      return { text: text.slice(0, end), stopped: true };
    }
    const held = this.#possibleStop(text);
    this.#held = text.slice(text.length - held);
    return { text: text.slice(0, text.length - held), stopped: false };
  }

  /** What was held back, once no token will follow. A character whose last bytes never came is left out. */
  finish(): string {
    const text = this.#held;
    this.#held = '';
    return text;
  }

  /** Length of the longest end of `text` with which a stop string may begin. */
  #possibleStop(text: string): number {
    let longest = 0;
    for (const stop of this.#stop) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
