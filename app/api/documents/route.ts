import { documentStore } from '../approaches.ts';
import { door, refuseAllBut } from '../door.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async () => Response.json({ documents: await (await documentStore()).list() }));
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
