/** Tables within a text: one row a line, its cells parted by bars, as converters and Markdown write them. */
import type { Span } from './sentences.ts';

/** Words of the first row that a later piece of the table carries; a longer row is hardly one of column names. */
const COLUMN_WORDS = 22;

export interface Table {
  /** The first row, which names the columns. */
  readonly columns: string;
  /** Where the rows after it begin. */
  readonly bodyStart: number;
  readonly lines: readonly Span[];
}

/** A paragraph as a table: its first row, below one line of caption at most, and mostly rows after it; else null. */
export function readTable(text: string, paragraph: Span): Table | null {
  const lines = [...text.slice(paragraph.start, paragraph.end).matchAll(/\S.*\S|\S/g)].map(({ index, 0: line }) => ({ line, start: paragraph.start + index, end: paragraph.start + index + line.length }));
  const isRow = lines.map(({ line }) => /(?:^|\s)\|(?:\s|$|-)/.test(line));
  const first = isRow.indexOf(true);
  // A row may be one cell as wide as the table, which has no bar.
  const rows = isRow.filter(Boolean).length;
  if (first < 0 || first > 1 || rows < 2 || rows * 2 <= lines.length) return null;
  return { columns: lines[first].line.split(/\s+/).slice(0, COLUMN_WORDS).join(' '), bodyStart: lines[first].end, lines };
}
