import { renameWorkspace } from '@/lib/workspace/change.ts';
import { deleteWorkspace } from '@/lib/workspace/staging.ts';
import { viewWorkspace } from '@/lib/workspace/view.ts';
import { door, readJson, refuseAllBut } from '../../door.ts';
import { title } from '../title.ts';
import { existing, type NamedContext } from './name.ts';

export const GET = door(async (_request, context: NamedContext) => Response.json(await viewWorkspace(await existing(context))));
export const PATCH = door(async (request, context: NamedContext) => {
  const name = await existing(context);
  const body = await readJson(request, 4096);
  await renameWorkspace(name, title((body as { title?: unknown } | null)?.title));
  return Response.json(await viewWorkspace(name));
});
export const DELETE = door(async (_request, context: NamedContext) => {
  const name = await existing(context);
  await deleteWorkspace(name);
  return Response.json({ removed: name });
});
export const { POST, PUT } = refuseAllBut('GET', 'PATCH', 'DELETE');
