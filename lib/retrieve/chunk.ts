import { sentences, type Span } from './sentences.ts';
import type { SourceDocument } from './types.ts';

/** A piece of a document: `document.text.slice(start, end) === text`. Offsets are UTF-16 units. */
export interface Chunk extends Span {
  /** Position in its document, from 0. */
  readonly number: number;
  /** Headings above it, outermost first, the document's own title left out. */
  readonly headings: readonly string[];
  readonly text: string;
}

/** Words per chunk. About 120 found more right articles than whole articles did; see docs/experiments/retrieval.md. */
export const CHUNK_WORDS = {
  most: 130,
  /** A chunk of at least this many words ends where a new heading begins; a shorter one goes on into it. */
  enoughForHeading: 60,
  /** A last chunk shorter than this joins the one before it. */
  leastAtEnd: 30,
};

/** A heading, a paragraph or a sentence of a long paragraph. */
interface Block extends Span {
  readonly words: number;
  readonly headings: readonly string[];
}

/**
 * Cuts a document by its structure: Markdown headings, blank lines, and the BAB, Bagian and Pasal lines of plain laws.
 * Paragraphs are joined up to 130 words; a longer one is cut between sentences, and a sentence only when it is itself
 * longer. The same document always gives the same chunks; a document with any text gives at least one.
 */
export function chunkDocument(document: Pick<SourceDocument, 'title' | 'text'>): Chunk[] {
  const { text, title } = document;
  const groups = join(blocks(text));
  if (groups.length === 0) {
    const [first, last] = [text.search(/\S/), text.trimEnd().length];
    return first < 0 ? [] : [{ number: 0, headings: [], text: text.slice(first, last), start: first, end: last }];
  }
  return groups.map(({ start, end, headings }, number) => ({
    number,
    headings: headings[0] === title ? headings.slice(1) : headings,
    text: text.slice(start, end),
    start,
    end,
  }));
}

/** What both searches read of a chunk: where it stands and what it says. */
export function searchableText(chunk: { readonly documentTitle: string; readonly headings: readonly string[]; readonly text: string }): string {
  return [chunk.documentTitle, chunk.headings.join(' > '), chunk.text].filter(Boolean).join('\n');
}

function blocks(text: string): Block[] {
  const found: Block[] = [];
  let path: { level: number; heading: string }[] = [];
  let open: Span | null = null;
  const close = () => {
    if (open) found.push(...cutParagraph(text, open, path.map(({ heading }) => heading)));
    open = null;
  };
  for (const line of lines(text)) {
    const content = text.slice(line.start, line.end);
    const heading = readHeading(content);
    if (heading) {
      close();
      path = [...path.filter(({ level }) => level < heading.level), heading];
    } else if (content.trim() === '') close();
    else open = { start: open ? (open as Span).start : line.start, end: line.end };
  }
  close();
  return found;
}

function* lines(text: string): Generator<Span> {
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield { start, end };
    start = end + 1;
  }
}

/** Laws carry no marks: their levels follow those of the six Markdown headings. */
function readHeading(line: string): { level: number; heading: string } | null {
  const markdown = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
  if (markdown) return { level: markdown[1].length, heading: markdown[2] };
  const law = /^\s*(BAB|Bagian|Pasal)\s+[0-9IVXLC]+[A-Z]{0,2}\s*$/.exec(line);
  return law ? { level: { BAB: 7, Bagian: 8, Pasal: 9 }[law[1]]!, heading: line.trim() } : null;
}

function cutParagraph(text: string, paragraph: Span, headings: readonly string[]): Block[] {
  const whole = withWords(text, trim(text, paragraph), headings);
  if (whole.words <= CHUNK_WORDS.most) return [whole];
  return sentences(text.slice(paragraph.start, paragraph.end)).flatMap((span) => {
    const sentence = withWords(text, { start: paragraph.start + span.start, end: paragraph.start + span.end }, headings);
    return sentence.words <= CHUNK_WORDS.most ? [sentence] : cutSentence(text, sentence);
  });
}

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

function join(all: readonly Block[]): Block[] {
  const groups: Block[] = [];
  for (const block of all) {
    const group = groups.at(-1);
    const newHeading = group && group.headings.join('\n') !== block.headings.join('\n');
    if (!group || group.words + block.words > CHUNK_WORDS.most || (newHeading && group.words >= CHUNK_WORDS.enoughForHeading)) groups.push(block);
    else groups[groups.length - 1] = merged(group, block);
  }
  const last = groups.at(-1);
  const before = groups.at(-2);
  if (last && before && last.words < CHUNK_WORDS.leastAtEnd) groups.splice(-2, 2, merged(before, last));
  return groups;
}

/** Runs to the end of the second block, a heading between them included; keeps the headings they share. */
function merged(first: Block, second: Block): Block {
  const different = first.headings.findIndex((heading, index) => heading !== second.headings[index]);
  return {
    start: first.start,
    end: second.end,
    words: first.words + second.words,
    headings: different < 0 ? first.headings : first.headings.slice(0, different),
  };
}

function withWords(text: string, span: Span, headings: readonly string[]): Block {
  return { ...span, headings, words: text.slice(span.start, span.end).match(/\S+/g)?.length ?? 0 };
}

function trim(text: string, { start, end }: Span): Span {
  const content = text.slice(start, end);
  return { start: start + content.search(/\S/), end: start + content.trimEnd().length };
}
