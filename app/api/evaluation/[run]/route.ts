import { door, refuseAllBut } from '../../door.ts';
import { runOf, summaryOf, type RunContext } from './run.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async (_request, context: RunContext) => Response.json(summaryOf(await runOf(context)), { headers: { 'cache-control': 'no-store' } }));
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
