import { comparison } from '../approaches.ts';
import { door, refuseAllBut } from '../door.ts';
import { askedWorkspace } from '../workspace.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async (request) => Response.json(await comparison(askedWorkspace(request)), { headers: { 'cache-control': 'no-store' } }));
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
