import { compareRuns } from '@/lib/evaluate/compare-runs.ts';
import { openRun } from '@/lib/evaluate/runs.ts';
import { door, refuseAllBut } from '../../../../door.ts';

interface TwoRuns {
  readonly params: Promise<{ run: string; other: string }>;
}

export const dynamic = 'force-dynamic';
export const GET = door(async (_request, { params }: TwoRuns) => {
  const { run, other } = await params;
  return Response.json(compareRuns(await openRun(other), await openRun(run)), { headers: { 'cache-control': 'no-store' } });
});
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
