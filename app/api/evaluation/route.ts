import { listRuns } from '@/lib/evaluate/runs.ts';
import { door, refuseAllBut } from '../door.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async () => Response.json({ runs: await listRuns() }, { headers: { 'cache-control': 'no-store' } }));
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
