/** Examples from a file's text and back. */
import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { EXAMPLE_LIMITS, type ExampleDraft, type ExampleRow } from '../messages/examples.ts';
import { csvCell, unguarded } from '../system/csv-cell.ts';
import { BadInputError } from '../system/errors.ts';
import { formatJsonLines } from '../workspace/json-lines.ts';
import { exampleDraftSchema } from './example-schema.ts';

export interface ImportedExample {
  /** 1-based, where it begins in the file. */
  readonly line: number;
  readonly draft: ExampleDraft;
  /** As an export wrote it. */
  readonly id?: string;
}

/** BadInputError names the first line that cannot be used; nothing is taken then. */
export function readImport(format: 'jsonl' | 'csv', text: string): ImportedExample[] {
  const rows = format === 'csv' ? csvRows(text) : jsonRows(text);
  if (rows.length === 0) throw new BadInputError('The file holds no example.', { remedy: format === 'csv' ? 'Begin with a line "question,answer".' : 'Write one {"question": "…", "answer": "…"} a line.', detail: { id: 'file-without-examples', facts: { format } } });
  const limit = EXAMPLE_LIMITS.examples;
  if (rows.length > limit) throw new BadInputError(`The file holds ${rows.length} examples; ${limit} fit.`, { remedy: 'Leave some out.', detail: { id: 'too-many-examples', facts: { examples: rows.length, limit } } });
  return rows.map(({ line, value }) => {
    // What an export adds for people to read is not taken back.
    const { id, factId: _factId, ...fields } = value as Record<string, unknown>;
    const parsed = exampleDraftSchema.safeParse(fields);
    if (!parsed.success) throw badLine(line, describe(parsed.error.issues[0]));
    return { line, draft: parsed.data, ...(typeof id === 'string' && /^[\w.-]{1,80}$/.test(id) && { id }) };
  });
}

interface Row {
  readonly line: number;
  readonly value: object;
}

function jsonRows(text: string): Row[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/).flatMap((content, index) => {
    if (content.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(content);
    } catch (cause) {
      throw badLine(index + 1, `not valid JSON (${(cause as Error).message})`);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badLine(index + 1, 'not an object in braces');
    return [{ line: index + 1, value }];
  });
}

const COLUMNS = ['id', 'question', 'answer', 'split', 'language', 'accept', 'factId'];
/** Between several accepted answers in one cell. */
const BETWEEN = ' | ';

function csvRows(text: string): Row[] {
  const records = parseCsv(text);
  if (records.length === 0) return [];
  const header = records[0].record.map((name) => COLUMNS.find((column) => column.toLowerCase() === name.trim().toLowerCase()) ?? name.trim());
  const missing = ['question', 'answer'].filter((name) => !header.includes(name));
  if (missing.length > 0) throw badLine(1, `the header names no column ${missing.map((name) => `"${name}"`).join(' and ')}`);
  const unknown = header.find((name) => !COLUMNS.includes(name));
  if (unknown !== undefined) throw badLine(1, `"${unknown.slice(0, 40)}" is no column (there are ${COLUMNS.join(', ')})`);
  if (new Set(header).size < header.length) throw badLine(1, 'a column stands twice');
  return records.slice(1).flatMap(({ record, line }) => {
    if (record.every((cell) => cell.trim() === '')) return [];
    if (record.length !== header.length) throw badLine(line, `${record.length} cells, not ${header.length} as in the header`);
    const cells = header.map((name, index) => [name, unguarded(record[index])] as const).filter(([name, cell]) => cell !== '' || name === 'question' || name === 'answer');
    const value = Object.fromEntries(cells.map(([name, cell]) => [name, name === 'accept' ? cell.split(BETWEEN.trim()).map((answer) => answer.trim()).filter(Boolean) : cell]));
    return [{ line, value }];
  });
}

function parseCsv(text: string): { readonly record: string[]; readonly line: number }[] {
  // A spreadsheet of a country with decimal commas separates its cells by semicolons.
  const [firstLine] = text.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].reduce((best, other) => (firstLine.split(other).length > firstLine.split(best).length ? other : best));
  try {
    const parsed = parse(text, { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 64 * 1024 }) as unknown as { record: string[]; info: { lines: number } }[];
    // The line that is told is the record's last; cells may hold line ends.
    return parsed.map(({ record, info }) => ({ record, line: info.lines - record.reduce((sum, cell) => sum + cell.split(/\r?\n/).length - 1, 0) }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw badLine((cause as CsvError & { lines?: number }).lines ?? 1, cause.message);
  }
}

const describe = ({ path, message }: z.core.$ZodIssue): string => `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`;

function badLine(line: number, reason: string): BadInputError {
  return new BadInputError(`Line ${line}: ${reason}.`, { remedy: 'Mend that line and import again; nothing of the file was taken.', detail: { id: 'line-unusable', facts: { file: null, line, reason } } });
}

/** The text of a file that readImport takes back as it was: JSON Lines, or CSV for a spreadsheet. */
export function exportExamples(rows: readonly ExampleRow[], format: 'jsonl' | 'csv'): string {
  if (format === 'jsonl') return formatJsonLines(rows);
  const lines = [COLUMNS, ...rows.map((row) => [row.id, row.question, row.answer, row.split, row.language, row.accept.join(BETWEEN), row.factId ?? ''])];
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
