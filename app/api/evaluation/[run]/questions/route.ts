import { z } from 'zod';
import { APPROACH_IDS } from '@/lib/answer/events.ts';
import { questionPage } from '@/lib/evaluate/question-page.ts';
import { STANDINGS } from '@/lib/messages/evaluation.ts';
import { BadInputError } from '@/lib/system/errors.ts';
import { door, refuseAllBut } from '../../../door.ts';
import { runOf, type RunContext } from '../run.ts';

const MOST_ROWS = 100;

const filter = z.object({
  first: z.enum(APPROACH_IDS).default('rag'),
  second: z.enum(APPROACH_IDS).default('fine-tuned'),
  standing: z.enum(STANDINGS).optional(),
  kind: z.string().max(100).optional(),
  language: z.enum(['id', 'en']).optional(),
  search: z.string().max(200).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(30),
});

export const dynamic = 'force-dynamic';
export const GET = door(async (request, context: RunContext) => {
  const asked = filter.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new BadInputError(`"${asked.error.issues[0].path.join('.')}" ${asked.error.issues[0].message}.`, { remedy: 'Send first and second (arms), standing, kind, language, search, offset, limit.' });
  return Response.json(questionPage(await runOf(context), asked.data), { headers: { 'cache-control': 'no-store' } });
});
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
