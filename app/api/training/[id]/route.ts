import { act } from '@/lib/training/act.ts';
import { door, readJson, refuseAllBut } from '../../door.ts';
import { trainingManager } from '../manager.ts';

interface Context {
  readonly params: Promise<{ id: string }>;
}

export const dynamic = 'force-dynamic';
export const GET = door(async (_request, { params }: Context) => Response.json(await trainingManager().detail((await params).id)));
export const POST = door(async (request, { params }: Context) => Response.json(await act(trainingManager(), (await params).id, await readJson(request, 4096))));
export const DELETE = door(async (_request, { params }: Context) => {
  const { id } = await params;
  await trainingManager().remove(id);
  return Response.json({ removed: id });
});
export const { PUT, PATCH } = refuseAllBut('GET', 'POST', 'DELETE');
