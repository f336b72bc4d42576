import { z } from 'zod';
import { BadInputError } from '@/lib/system/errors.ts';
import { HALF_CHARACTER, holdsNoNul, isWellFormed, NUL_CHARACTER } from '@/lib/system/well-formed.ts';
import { hasDots, LONGEST_NAME } from '@/lib/workspace/folders.ts';

export const DOCUMENT_BYTES = 1024 * 1024;
export interface DocumentContext {
  readonly params: Promise<{ id: string[] }>;
}

/**
 * A document's id may hold slashes; written as they are or escaped (`%2F`), they mean the same. Next has decoded each segment. Two slashes
 * with nothing between them, as in `https://…`, only come through escaped: Next sends an address that holds them as they are elsewhere.
 */
export async function documentId({ params }: DocumentContext): Promise<string> {
  const id = (await params).id.join('/');
  // An id with the backslashes of Windows is no path of any system, see lib/workspace/document-folder.ts: what files bring can be opened and taken out.
  if (id.length > LONGEST_NAME || !isWellFormed(id) || /\p{Cc}/u.test(id) || hasDots(id))
    throw new BadInputError(`"${id}" cannot be a document's id.`, { remedy: 'GET /api/documents lists the ids.' });
  return id;
}

export function found<Value>(id: string, value: Value | null): Value {
  if (value === null) throw new BadInputError(`No document "${id}".`, { httpStatus: 404, remedy: 'GET /api/documents lists the ids.' });
  return value;
}

const sound = z.string().refine(isWellFormed, HALF_CHARACTER).refine(holdsNoNul, NUL_CHARACTER);
const change = z.object({
  title: sound.trim().min(1).max(200).optional(),
  text: sound.refine((text) => text.trim() !== ''),
});

/** The new text of a document, and its title when that changes too. */
export function parseChange(body: unknown): { title?: string; text: string } {
  const result = change.safeParse(body);
  if (result.success) return { ...result.data, text: result.data.text.normalize('NFC') };
  const [{ path, message }] = result.error.issues;
  throw new BadInputError(`"${path.join('.') || 'body'}" ${[HALF_CHARACTER, NUL_CHARACTER].includes(message) ? message : 'is missing or empty'}.`, { remedy: 'Send {"text": "…"}, with "title" (1 to 200 characters) to rename. Remove a document with DELETE.' });
}
