import { cutParagraph, headingsOver, joinBlocks, type Block } from './blocks.ts';
import { chunkRegulation } from './chunk-law.ts';
import { readRegulation } from './regulation.ts';
import type { Span } from './sentences.ts';
import type { SourceDocument } from './types.ts';

/** A piece of a document: `document.text.slice(start, end) === text`. Offsets are UTF-16 units. */
export interface Chunk extends Span {
  /** Position in its document, from 0. */
  readonly number: number;
  /** Headings above it, outermost first, the document's own title left out. */
  readonly headings: readonly string[];
  readonly text: string;
  /** The article it states or explains, e.g. `uu/7/1983#17`, wherever it is quoted; see articles.ts. */
  readonly provision?: string;
  /** Whether it explains that article and does not state it. */
  readonly explains?: boolean;
}

/**
 * Cuts a document by its structure: Markdown headings, blank lines, and the BAB, Bagian and Pasal lines of plain laws.
 * Paragraphs are joined up to 130 words; a longer one is cut between sentences, and a sentence only when it is itself
 * longer; a long table is cut between rows. Every word stands in the text or the headings of some chunk.
 * A regulation is cut by its articles instead, see chunk-law.ts. The same document always gives the same chunks; a document with any text gives at least one.
 */
export function chunkDocument(document: Pick<SourceDocument, 'title' | 'text'> & { readonly id?: string }): Chunk[] {
  const { text, title } = document;
  const regulation = readRegulation(text, document.id);
  if (regulation) return chunkRegulation(text, regulation);
  const groups = joinBlocks(text, blocks(text));
  if (groups.length === 0) {
    const [first, last] = [text.search(/\S/), text.trimEnd().length];
    return first < 0 ? [] : [{ number: 0, headings: [], text: text.slice(first, last), start: first, end: last }];
  }
  return groups.map((group, number) => {
    const { start, end } = group;
    const headings = headingsOver(group);
    return { number, headings: headings[0] === title ? headings.slice(1) : headings, text: text.slice(start, end), start, end };
  });
}

/** What both searches read of a chunk: where it stands and what it says. */
export function searchableText(chunk: { readonly documentTitle: string; readonly headings: readonly string[]; readonly text: string }): string {
  return [chunk.documentTitle, chunk.headings.join(' > '), chunk.text].filter(Boolean).join('\n');
}

/** A heading's line, and whether a block stands under it. */
interface Heading extends Span {
  readonly level: number;
  readonly heading: string;
  used: boolean;
}

function blocks(text: string): Block[] {
  const found: Block[] = [];
  let path: Heading[] = [];
  let open: Span | null = null;
  const add = (span: Span, above: readonly Heading[]) => {
    const [first, ...rest] = cutParagraph(text, span, above.map(({ heading }) => heading));
    const headingStarts = above.map(({ start, used }) => (used ? first.start : start));
    found.push({ ...first, headingStarts }, ...rest);
    for (const heading of above) heading.used = true;
  };
  const close = () => {
    if (open) add(open, path);
    open = null;
  };
  /** A heading that ends before anything stands under it says something by itself, or it would be in no chunk. */
  const leave = (kept: Heading[]) => {
    const bare = path.at(-1);
    if (bare && !bare.used && bare.heading && !kept.includes(bare)) add(bare, path.slice(0, -1));
    path = kept;
  };
  for (const line of lines(text)) {
    const content = text.slice(line.start, line.end);
    const heading = readHeading(content);
    if (heading) {
      close();
      leave(path.filter(({ level }) => level < heading.level));
      path.push({ ...heading, ...line, used: false });
    } else if (content.trim() === '') close();
    else open = { start: open ? (open as Span).start : line.start, end: line.end };
  }
  close();
  leave([]);
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

/** Characters. A longer line is text that begins with `#`: as a heading, every chunk below it would repeat it. */
export const LONGEST_HEADING = 2_000;

/** What stands behind a heading's marks, those that close it left out. Without a pattern: one that tries every end takes minutes over a row of spaces. */
export function headingText(rest: string): string {
  let end = rest.trimEnd().length;
  while (rest[end - 1] === '#') end -= 1;
  return rest.slice(0, end).trimEnd();
}

/** A table's row may begin with a cell that says `#`. Laws carry no marks: their levels follow those of the six Markdown headings. */
function readHeading(line: string): { level: number; heading: string } | null {
  const [, marks, rest] = /^\s{0,3}(#{1,6})\s+(.*)$/s.exec(line) ?? [];
  if (marks && !rest.startsWith('|')) {
    const heading = headingText(rest);
    if (heading.length <= LONGEST_HEADING && !/[\r\u2028\u2029]/.test(heading)) return { level: marks.length, heading };
  }
  const law = /^\s*(BAB|Bagian|Pasal)\s+[0-9IVXLC]+[A-Z]{0,2}\s*$/.exec(line);
  return law ? { level: { BAB: 7, Bagian: 8, Pasal: 9 }[law[1]]!, heading: line.trim() } : null;
}
