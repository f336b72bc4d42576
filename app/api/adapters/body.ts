import { BadInputError } from '@/lib/system/errors.ts';

/** The one text field of a request. */
export function textField(body: unknown, field: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[field] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new BadInputError(`"${field}" is missing.`, { remedy: `Send {"${field}": "…"}.` });
}
