import { comparison } from '../approaches.ts';
import { door, refuseAllBut } from '../door.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async () => Response.json(await comparison(), { headers: { 'cache-control': 'no-store' } }));
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
