import { z } from 'zod';
import { BadInputError } from '@/lib/system/errors.ts';

const whole = z.coerce.number().int().min(0);
const querySchema = z.object({
  workspace: z.string().min(1),
  split: z.enum(['train', 'held-out']).optional(),
  search: z.string().max(200).optional(),
  offset: whole.optional(),
  limit: whole.min(1).max(200).optional(),
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
});

/** What stands behind the question mark. */
export function exampleQuery(request: Request): z.output<typeof querySchema> {
  const given = [...new URL(request.url).searchParams].filter(([, value]) => value !== '');
  const parsed = querySchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0].path.map(String).join('.');
  throw new BadInputError(`"${field}" is missing or cannot be used.`, { remedy: 'Ask for /api/examples?workspace=NAME, with split=train or held-out, search, offset, limit (1 to 200), or format=jsonl or csv.' });
}
