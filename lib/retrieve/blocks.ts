/** The pieces a chunk is made of, and how they are joined. */
import { sentences, type Span } from './sentences.ts';

/** Words per chunk. About 120 found more right articles than whole articles did; see docs/experiments/retrieval.md. */
export const CHUNK_WORDS = {
  most: 130,
  /** A chunk of at least this many words ends where a new heading begins; a shorter one goes on into it. */
  enoughForHeading: 60,
  /** A last chunk shorter than this joins the one before it. */
  leastAtEnd: 30,
};

/** A heading, a paragraph or a sentence of a long paragraph. */
export interface Block extends Span {
  readonly words: number;
  readonly headings: readonly string[];
}

/** A paragraph as it stands, or its sentences when it is too long for one chunk. */
export function cutParagraph(text: string, paragraph: Span, headings: readonly string[]): Block[] {
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

/** Joins neighbours up to 130 words, ending early where a heading changes and there is enough. */
export function joinBlocks(all: readonly Block[]): Block[] {
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
