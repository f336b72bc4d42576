import { z } from 'zod';
import { BadInputError } from '@/lib/system/errors.ts';

export const DOCUMENT_BYTES = 1024 * 1024;
export interface DocumentContext {
  readonly params: Promise<{ id: string[] }>;
}

/** A document's id may hold slashes; written as they are or escaped, they mean the same. */
export async function documentId({ params }: DocumentContext): Promise<string> {
  const id = (await params).id.map(decodeURIComponent).join('/');
  if (id.split('/').some((name) => name === '' || name === '.' || name === '..' || /[\\\p{Cc}]/u.test(name)) || id.length > 200)
    throw new BadInputError(`"${id}" cannot be a document's id.`, { remedy: 'GET /api/documents lists the ids.' });
  return id;
}

export function found<Value>(id: string, value: Value | null): Value {
  if (value === null) throw new BadInputError(`No document "${id}".`, { httpStatus: 404, remedy: 'GET /api/documents lists the ids.' });
  return value;
}

const change = z.object({
  title: z.string().trim().min(1).max(200).optional(),
  text: z.string().refine((text) => text.trim() !== ''),
});

/** The new text of a document, and its title when that changes too. */
export function parseChange(body: unknown): { title?: string; text: string } {
  const result = change.safeParse(body);
  if (result.success) return { ...result.data, text: result.data.text.normalize('NFC') };
  const field = result.error.issues[0].path.join('.') || 'body';
  throw new BadInputError(`"${field}" is missing or empty.`, { remedy: 'Send {"text": "…"}, with "title" (1 to 200 characters) to rename. Remove a document with DELETE.' });
}
