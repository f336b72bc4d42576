import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { BadInputError } from '../system/errors.ts';

/**
 * Reads a JSON Lines file: one object of the schema per line, blank lines apart. All or nothing: the first line that is not
 * JSON, not of the schema, or whose `id` was there before is a BadInputError "FILE, line N: reason".
 */
export async function readJsonLines<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema>[]> {
  return parseJsonLines(await readText(file), file, schema);
}

/** The same for text that is at hand; `file` names it in errors. */
export function parseJsonLines<Schema extends z.ZodType>(text: string, file: string, schema: Schema): z.output<Schema>[] {
  const rows: z.output<Schema>[] = [];
  const lineOfId = new Map<string, number>();
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const row = parseLine(line, schema, (reason, cause) => badLine(file, index + 1, reason, cause));
    const id = (row as { id?: unknown } | null)?.id;
    if (typeof id === 'string') {
      const before = lineOfId.get(id);
      if (before !== undefined) throw badLine(file, index + 1, `the id "${id}" stands on line ${before} already`);
      lineOfId.set(id, index + 1);
    }
    rows.push(row);
  }
  return rows;
}

/** Rows as a JSON Lines file holds them: what parseJsonLines reads. */
export const formatJsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'There is no file' : cause.code === 'EISDIR' ? 'Not a file but a folder:' : 'Cannot read';
    throw new BadInputError(`${reason} ${file}.`, { cause, remedy: 'Give the path of a JSON Lines file (.jsonl).' });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BadInputError(`${file} is not UTF-8 text.`, { cause, remedy: 'Save it as UTF-8.' });
  }
}

function parseLine<Schema extends z.ZodType>(line: string, schema: Schema, bad: (reason: string, cause?: unknown) => BadInputError): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw bad(`not valid JSON (${(cause as Error).message})`, cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue.path.map(String).join('.');
  throw bad(place ? `${place}: ${issue.message}` : issue.message, parsed.error);
}

function badLine(file: string, line: number, reason: string, cause?: unknown): BadInputError {
  return new BadInputError(`${file}, line ${line}: ${reason}`, { cause, remedy: 'Mend that line; nothing of the file was taken.', detail: { id: 'line-unusable', facts: { file, line, reason } } });
}
