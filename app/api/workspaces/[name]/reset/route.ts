import { resetWorkspace } from '@/lib/workspace/staging.ts';
import { viewWorkspace } from '@/lib/workspace/view.ts';
import { door, refuseAllBut } from '../../../door.ts';
import { existing, type NamedContext } from '../name.ts';

export const POST = door(async (_request, context: NamedContext) => {
  const name = await existing(context);
  await resetWorkspace(name);
  return Response.json(await viewWorkspace(name));
});
export const { GET, PUT, PATCH, DELETE } = refuseAllBut('POST');
