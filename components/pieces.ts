/** Cutting texts where marks and citations go. Offsets come from the server and are not trusted to fit. */
import type { Support } from '@/lib/answer/passage.ts';

/** The answer in pieces, each followed by the supports of the sentence that ends there. */
export function citedPieces(text: string, supports: readonly Support[]): { text: string; supports: Support[] }[] {
  const ends = [...new Set(supports.map((support) => support.answer.end))].filter((end) => end > 0 && end <= text.length).sort((one, other) => one - other);
  const pieces = ends.map((end, index) => ({
    text: text.slice(ends[index - 1] ?? 0, end),
    supports: supports.filter((support) => support.answer.end === end),
  }));
  const rest = text.slice(ends.at(-1) ?? 0);
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, { text: rest, supports: [] }];
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text in marked and unmarked pieces. Ranges may overlap, touch or reach outside. */
export function markedPieces(text: string, ranges: readonly Range[]): { text: string; marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    const from = Math.max(at, start);
    const to = Math.min(end, text.length);
    if (to <= from) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false });
    pieces.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}

/**
 * Where a passage stands in its document, and where the sentence of it that supports the answer does. A sentence may stand in the document
 * more than once, so it is sought behind what comes before it in the passage; anywhere where the passage as a whole is no longer there.
 */
export function locateSupport(document: string, passage: string, sentence: Range | null): { passage: Range | null; sentence: Range | null } {
  const whole = locate(document, passage);
  if (sentence === null) return { passage: whole, sentence: null };
  const words = passage.slice(sentence.start, sentence.end);
  if (whole === null) {
    const found = locate(document, words);
    return { passage: found, sentence: found };
  }
  const inside = document.slice(whole.start, whole.end);
  const from = locate(inside, passage.slice(0, sentence.start))?.end ?? 0;
  const found = locate(inside.slice(from), words);
  const offset = whole.start + from;
  return { passage: whole, sentence: found && { start: offset + found.start, end: offset + found.end } };
}

/**
 * Where a passage stands in its document. Chunking may have changed white space and removed heading signs, so
 * words are compared, not characters. `null` when the words are not there in this order.
 */
export function locate(document: string, passage: string): Range | null {
  const inDocument = [...document.matchAll(/[\p{L}\p{N}]+/gu)];
  const wanted = passage.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (wanted.length === 0) return null;
  for (let first = 0; first + wanted.length <= inDocument.length; first += 1) {
    if (!wanted.every((word, offset) => inDocument[first + offset][0] === word)) continue;
    const last = inDocument[first + wanted.length - 1];
    const end = last.index + last[0].length;
    const sign = /^[^\s\p{L}\p{N}]+/u.exec(document.slice(end));
    return { start: inDocument[first].index, end: end + (sign?.[0].length ?? 0) };
  }
  return null;
}
