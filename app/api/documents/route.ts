import { documentStore } from '../approaches.ts';
import { door, refuseAllBut } from '../door.ts';
import { askedWorkspace } from '../workspace.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async (request) => Response.json({ documents: await (await documentStore(askedWorkspace(request))).list() }));
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
