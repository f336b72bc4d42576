import { DOCUMENT_STATUSES, type SourceDocument } from '../retrieve/types.ts';

/**
 * Reads the front matter of a Markdown file: a first line `---`, then lines up to the next `---`. Of YAML only top-level
 * `key: value` lines are understood, the value plain or in quotes; comments and empty values are passed over. Lists
 * and nested values are data that readers may ask about: they come back as they stand, with their key, in `data`.
 * A file without a closing `---` has no front matter.
 */
export function splitFrontMatter(content: string): { fields: Readonly<Record<string, string>>; data: string; body: string } {
  const match = /^---[ \t]*\n([\s\S]*?\n)??---[ \t]*(?:\n|$)/.exec(content);
  if (!match) return { fields: {}, data: '', body: content };
  const fields: Record<string, string> = {};
  const data: string[] = [];
  /** The last top-level line without a value; what is indented or a list item below it belongs to it. */
  let key: string | null = null;
  for (const line of (match[1] ?? '').split('\n')) {
    const field = /^([A-Za-z_][\w-]*):(?:[ \t]+(.*?))?[ \t]*$/.exec(line);
    if (field?.[2]) fields[field[1]] = unquoted(field[2]);
    if (field) key = field[2] ? null : line;
    else if (key !== null && !line.startsWith('#')) {
      if (key && line.trim()) data.push('', key);
      if (line.trim()) key = '';
      data.push(line);
    }
  }
  return { fields, data: data.join('\n').trim(), body: content.slice(match[0].length) };
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
  return value.replace(/[ \t]+#.*$/, '');
}
