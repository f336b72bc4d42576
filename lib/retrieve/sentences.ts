/** Where sentences begin and end in Indonesian and English prose, legal text and Markdown. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Words that end in a full stop without ending a sentence, lower case, without that stop. */
const ABBREVIATIONS = new Set([
  'rp', 'no', 'nos', 'dll', 'dsb', 'dst', 'dkk', 'hlm', 'hal', 'tgl', 'th', 'ps', 'pas', 'art', 'jo', 'sbb', 'yth', 'a.n', 'u.b', 's.d', 'd.h', 'q.q',
  'dr', 'drs', 'prof', 'ir', 'bpk', 'mr', 'mrs', 'ms', 'e.g', 'i.e', 'etc', 'vs', 'cf', 'approx', 'inc', 'ltd', 'co', 'st', 'tbk', 'vol', 'fig',
]);

/** A mark that may end a sentence, then closing quotes or brackets, then space or the end. */
const MARK = /[.!?]+["'”’)\]]*(?=\s|$)/gu;

/** A line break after which something new begins: blank line, list item, heading, table row with or without its first bar, `(1)`, `a.`, Pasal or BAB. */
const BREAK = /\n(?=[ \t]*(?:\n|[-*+•|>#]|\(?[0-9]{1,3}[.)]\s|\(?[a-z]{1,2}[.)]\s|(?:Pasal|BAB|Bagian|Paragraf)\s+[0-9IVXLCA]+)|[^\n|]*[ \t]\|(?:\s|$))/gu;

/**
 * The sentences of a text as spans of UTF-16 units, white space around them left out, in order and never overlapping.
 * A full stop inside a number, after an abbreviation or an initial, or after the number of a list item ends nothing;
 * nor does one that is followed by a small letter.
 */
export function sentences(text: string): Span[] {
  const ends = new Set<number>();
  for (const match of text.matchAll(MARK)) {
    const end = match.index + match[0].length;
    if (endsSentence(text, match.index, match[0], end)) ends.add(end);
  }
  for (const match of text.matchAll(BREAK)) ends.add(match.index);
  // A heading is a sentence of its own although nothing ends it.
  for (const match of text.matchAll(/^#{1,6} .*$/gmu)) ends.add(match.index + match[0].length);
  const spans: Span[] = [];
  let start = 0;
  for (const end of [...ends].sort((a, b) => a - b).concat(text.length)) {
    const span = trimmed(text, start, end);
    if (span) spans.push(span);
    start = end;
  }
  return spans;
}

function endsSentence(text: string, index: number, mark: string, end: number): boolean {
  if (mark[0] !== '.') return true;
  const next = /^\s+(\S)/u.exec(text.slice(end, end + 40))?.[1];
  if (next && /\p{Ll}/u.test(next)) return false;
  const word = /[^\s("“‘[]*$/u.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? '';
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  if (/^\s*(?:\d{1,3}|\p{L})$/u.test(text.slice(lineStart, index))) return false;
  if (/^\p{L}$/u.test(word)) return !next;
  return !next || !ABBREVIATIONS.has(word.toLowerCase());
}

function trimmed(text: string, start: number, end: number): Span | null {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  return end > start ? { start, end } : null;
}
