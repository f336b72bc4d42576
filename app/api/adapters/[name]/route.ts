import { removeAdapter, renameAdapter } from '@/lib/training/adapter-library.ts';
import { door, readJson, refuseAllBut } from '../../door.ts';
import { textField } from '../body.ts';

interface Context {
  readonly params: Promise<{ name: string }>;
}

export const PATCH = door(async (request, { params }: Context) => Response.json(await renameAdapter((await params).name, textField(await readJson(request, 4096), 'name'))));
export const DELETE = door(async (_request, { params }: Context) => {
  const { name } = await params;
  await removeAdapter(name);
  return Response.json({ removed: name });
});
export const { GET, POST, PUT } = refuseAllBut('PATCH', 'DELETE');
