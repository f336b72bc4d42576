import { runCsv } from '@/lib/evaluate/csv.ts';
import { runMarkdown } from '@/lib/evaluate/markdown.ts';
import { BadInputError } from '@/lib/system/errors.ts';
import { door, refuseAllBut } from '../../../door.ts';
import { runOf, type RunContext } from '../run.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async (request, context: RunContext) => {
  const format = new URL(request.url).searchParams.get('format');
  if (format !== 'csv' && format !== 'md') throw new BadInputError('"format" is "csv" or "md".', { remedy: 'Send ?format=csv for every answer, ?format=md for the scores.' });
  const run = await runOf(context);
  return new Response(format === 'csv' ? runCsv(run) : runMarkdown(run), {
    headers: { 'content-type': `text/${format === 'csv' ? 'csv' : 'markdown'}; charset=utf-8`, 'content-disposition': `attachment; filename="${run.header.id}.${format}"`, 'cache-control': 'no-store' },
  });
});
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
