/** The number of the passage an answer was read from, written at its end: `12% [2]`. */

export interface CitedAnswer {
  /** The answer as a person reads it. */
  readonly text: string;
  /** Number of the passage, from 1 as the prompt counts them; `null` when none was named, or none of that number was there. */
  readonly cited: number | null;
}

/** Only up to two digits: `[1998]` is a year that the answer quotes. Several numbers in a row, and a full stop after them, are cut too. */
const CITATION = /(?:\s*\[\d{1,2}\])+\s*(\.?)\s*$/;
/** What a citation, or another number of one, may begin with. */
const POSSIBLE = /(?:(?:\s*\[\d{1,2}\])+\s*\.?\s*(?:\[\d{0,2})?|\s*\[\d{0,2}|\s+)$/;

/** How an answer says that it was read from passage `number`. */
export const citation = (number: number): string => ` [${number}]`;

/**
 * Cuts the citation from an answer. Of several numbers the first counts. Text that has none comes back as it is, less
 * surrounding space.
 * @param passages how many passages the prompt had; a number beyond is cut but cites nothing.
 */
export function splitCitation(answer: string, passages = 99): CitedAnswer {
  const match = CITATION.exec(answer);
  if (!match) return { text: answer.trim(), cited: null };
  const before = answer.slice(0, match.index).trim();
  const number = Number(/\d+/.exec(match[0]));
  return { text: match[1] && before && !/[.!?]$/.test(before) ? `${before}.` : before, cited: number >= 1 && number <= passages ? number : null };
}

/**
 * Cuts the citation from an answer while it is being written: what may be the beginning of one is held back until more text
 * or the end decides. The pieces shown, joined, are the `text` that `splitCitation` gives for the whole.
 */
export class CitationStream {
  readonly #passages: number;
  #held = '';
  #shown = '';

  /** @param passages how many passages the prompt had. */
  constructor(passages: number) {
    this.#passages = passages;
  }

  /** Takes the next piece of the answer; returns what can be shown for certain, perhaps nothing. */
  push(piece: string): string {
    const text = this.#held + piece;
    const start = POSSIBLE.exec(text)?.index ?? text.length;
    this.#held = text.slice(start);
    return this.#show(text.slice(0, start));
  }

  /** The rest of the visible text, and the passage cited, once no piece will follow. */
  finish(): CitedAnswer {
    const { text, cited } = splitCitation(this.#shown + this.#held, this.#passages);
    this.#held = '';
    return { text: text.slice(this.#shown.length), cited };
  }

  /** The space an answer begins with is never shown. */
  #show(text: string): string {
    const visible = this.#shown === '' ? text.trimStart() : text;
    this.#shown += visible;
    return visible;
  }
}
