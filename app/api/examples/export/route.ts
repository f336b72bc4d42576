import { exportExamples } from '@/lib/training/example-import.ts';
import { readExamples } from '@/lib/training/examples.ts';
import { door, refuseAllBut } from '../../door.ts';
import { exampleQuery } from '../query.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async (request) => {
  const { workspace, split, format } = exampleQuery(request);
  const rows = (await readExamples(workspace)).filter((row) => split === undefined || row.split === split);
  return new Response(exportExamples(rows, format), {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${workspace}-examples.${format}"`,
      'cache-control': 'no-store',
    },
  });
});
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
