/** The pieces a chunk is made of, and how they are joined. */
import { sentences, type Span } from './sentences.ts';
import { readTable } from './table-rows.ts';

/** Words per chunk. About 120 found more right articles than whole articles did; see docs/experiments/retrieval.md. */
export const CHUNK_WORDS = {
  most: 130,
  /** A chunk of at least this many words ends where a new heading begins; a shorter one goes on into it. */
  enoughForHeading: 60,
  /** A last chunk shorter than this joins the one before it. */
  leastAtEnd: 30,
};

/** A paragraph, a sentence of a long one, a row of a long table, or a heading with nothing under it. */
export interface Block extends Span {
  readonly words: number;
  readonly headings: readonly string[];
  /** For each heading where its line begins, when no block before this one stands under it; else where this one begins. */
  readonly headingStarts?: readonly number[];
  /** The first row of the table that it goes on with. */
  readonly columns?: string;
}

/** A paragraph as it stands; when it is too long for one chunk, the rows of a table or else its sentences. */
export function cutParagraph(text: string, paragraph: Span, headings: readonly string[]): Block[] {
  const whole = withWords(text, trim(text, paragraph), headings);
  if (whole.words <= CHUNK_WORDS.most) return [whole];
  const table = readTable(text, paragraph);
  if (!table) return cutSentences(text, paragraph, headings);
  return table.lines.flatMap((line) => {
    const row = withWords(text, line, headings);
    const pieces = row.words <= CHUNK_WORDS.most ? [row] : cutSentences(text, line, headings);
    return pieces.map((piece) => (piece.start < table.bodyStart ? piece : { ...piece, columns: table.columns }));
  });
}

function cutSentences(text: string, { start, end }: Span, headings: readonly string[]): Block[] {
  return sentences(text.slice(start, end)).flatMap((span) => {
    const sentence = withWords(text, { start: start + span.start, end: start + span.end }, headings);
    return sentence.words <= CHUNK_WORDS.most ? [sentence] : cutSentence(text, sentence);
  });
}

/** What a chunk is headed by: the names of the columns stand last, since a row alone does not say what its cells are. */
export const headingsOver = ({ headings, columns }: Block): readonly string[] => (columns ? [...headings, columns] : headings);

/** Pieces of at most 130 words, cut after the last comma, colon or semicolon of the second half where there is one. */
function cutSentence(text: string, sentence: Block): Block[] {
  const words = [...text.slice(sentence.start, sentence.end).matchAll(/\S+/g)];
  const pieces: Block[] = [];
  for (let from = 0; from < words.length; ) {
    let to = Math.min(words.length, from + CHUNK_WORDS.most);
    if (to < words.length) {
      const pause = words.slice(from + CHUNK_WORDS.most / 2, to).findLastIndex((word) => /[,;:]$/.test(word[0]));
      if (pause >= 0) to = from + CHUNK_WORDS.most / 2 + pause + 1;
    }
    const last = words[to - 1];
    const span = { start: sentence.start + words[from].index, end: sentence.start + last.index + last[0].length };
    pieces.push({ ...span, words: to - from, headings: sentence.headings });
    from = to;
  }
  return pieces;
}

/** Joins neighbours up to 130 words, ending early where a heading changes and there is enough. */
export function joinBlocks(text: string, all: readonly Block[]): Block[] {
  const groups: Block[] = [];
  for (const block of all) {
    const group = groups.at(-1);
    const newHeading = group && group.headings.join('\n') !== block.headings.join('\n');
    const both = group && !(newHeading && group.words >= CHUNK_WORDS.enoughForHeading) ? merged(text, group, block) : null;
    if (both && both.words <= CHUNK_WORDS.most) groups[groups.length - 1] = both;
    else groups.push(block);
  }
  const [before, last] = groups.slice(-2);
  if (last && last.words < CHUNK_WORDS.leastAtEnd) {
    const both = merged(text, before, last);
    // Headings between the two count as well.
    if (both.words <= CHUNK_WORDS.most + CHUNK_WORDS.leastAtEnd) groups.splice(-2, 2, both);
  }
  return groups;
}

/** Runs to the end of the second block and keeps the headings they share; the lines of the first one's other headings become its text. */
function merged(text: string, first: Block, second: Block): Block {
  const different = first.headings.findIndex((heading, index) => heading !== second.headings[index]);
  const shared = different < 0 ? first.headings.length : different;
  const start = Math.min(first.start, ...(first.headingStarts?.slice(shared) ?? []));
  return { ...first, ...withWords(text, { start, end: second.end }, first.headings.slice(0, shared)) };
}

function withWords(text: string, span: Span, headings: readonly string[]): Block {
  return { ...span, headings, words: text.slice(span.start, span.end).match(/\S+/g)?.length ?? 0 };
}

function trim(text: string, { start, end }: Span): Span {
  const content = text.slice(start, end);
  return { start: start + content.search(/\S/), end: start + content.trimEnd().length };
}
