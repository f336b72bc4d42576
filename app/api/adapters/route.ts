import { listAdapterViews } from '@/lib/training/adapter-library.ts';
import { door, refuseAllBut } from '../door.ts';

export const dynamic = 'force-dynamic';
export const GET = door(async () => Response.json({ adapters: await listAdapterViews() }));
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
