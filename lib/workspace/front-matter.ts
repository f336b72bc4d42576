import { DOCUMENT_STATUSES, type SourceDocument } from '../retrieve/types.ts';

const FIELD = /^([A-Za-z_][\w-]*):(?:[ \t](.*))?$/;
/** What may stand behind the key of a value that only begins on the next line. */
const NO_VALUE = /^(?:[|>][-+\d]*)?(?:[ \t]*#.*)?$/;

/**
 * Reads the front matter of a Markdown file: a first line `---`, then lines up to the next `---`. Of YAML only top-level
 * `key: value` lines are understood, the value plain or in quotes; comments and empty values are passed over. Lists, nested
 * values and those of several lines are data that readers may ask about: they come back as they stand, with their key, in `data`.
 * A file without a closing `---`, or with anything else between the two, has no front matter: it is text set between rules.
 */
export function splitFrontMatter(content: string): { fields: Readonly<Record<string, string>>; data: string; body: string } {
  const match = /^---[ \t]*\n([\s\S]*?\n)??---[ \t]*(?:\n|$)/.exec(content);
  const read = match && readLines((match[1] ?? '').split('\n'));
  return read ? { ...read, body: content.slice(match[0].length) } : { fields: {}, data: '', body: content };
}

/** `null` when a line is neither a field nor part of the one above it, or there are comments only, which may be headings. */
function readLines(lines: readonly string[]): { fields: Record<string, string>; data: string } | null {
  const fields: Record<string, string> = {};
  const data: string[] = [];
  /** The last top-level line; what is indented or a list item below it belongs to it. */
  let key: { readonly line: string; readonly hasValue: boolean } | null = null;
  let inData = false;
  for (const line of lines) {
    const field = FIELD.exec(line);
    const isSetIn = /^[ \t]/.test(line);
    if (field) {
      const [, name, given = ''] = field;
      const value = given.trim();
      key = { line, hasValue: !NO_VALUE.test(value) };
      if (key.hasValue) fields[name] = unquoted(value);
      inData = false;
    } else if (line.trim() === '') {
      if (inData) data.push(line);
    } else if (key && (isSetIn || /^[\]}]/.test(line) || (!key.hasValue && /^-(?:[ \t]|$)/.test(line)))) {
      if (!inData) data.push('', key.line);
      inData = true;
      data.push(line);
    } else if (!line.trim().startsWith('#')) return null;
  }
  return key || lines.every((line) => line.trim() === '') ? { fields, data: data.join('\n').trim() } : null;
}

/**
 * What front matter (or a JSON line) says of a document's time: `date` (an ISO date or a year) since when it holds, `status` (`in-force`
 * or `revoked`), `replaces` (ids separated by commas). What cannot be read as such is passed over.
 */
export function validityFields(fields: Readonly<Record<string, unknown>>): Pick<SourceDocument, 'date' | 'status' | 'replaces'> {
  const [, year, rest] = /^(\d{4})(-\d{2}-\d{2})?$/.exec(String(fields.date ?? '').trim()) ?? [];
  const status = DOCUMENT_STATUSES.find((known) => known === String(fields.status ?? '').trim().toLowerCase());
  const replaces = (Array.isArray(fields.replaces) ? fields.replaces.map(String) : String(fields.replaces ?? '').split(',')).map((id) => id.trim()).filter(Boolean);
  return { ...(year && { date: `${year}${rest ?? '-01-01'}` }), ...(status && { status }), ...(replaces.length && { replaces }) };
}

function unquoted(value: string): string {
  if (value.length >= 2 && value.startsWith('"') && value.endsWith('"')) return value.slice(1, -1).replace(/\\(["\\])/g, '$1');
  if (value.length >= 2 && value.startsWith("'") && value.endsWith("'")) return value.slice(1, -1).replaceAll("''", "'");
  const comment = value.search(/[ \t]#/);
  return comment < 0 ? value : unquoted(value.slice(0, comment).trimEnd());
}
