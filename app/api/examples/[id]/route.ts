import { editExample, removeExample } from '@/lib/training/examples.ts';
import { door, readJson, refuseAllBut } from '../../door.ts';
import { exampleQuery } from '../query.ts';

const EXAMPLE_BYTES = 64 * 1024;

interface Context {
  readonly params: Promise<{ id: string }>;
}

export const PATCH = door(async (request, { params }: Context) =>
  Response.json(await editExample(exampleQuery(request).workspace, (await params).id, await readJson(request, EXAMPLE_BYTES))));
export const DELETE = door(async (request, { params }: Context) =>
  Response.json({ removed: await removeExample(exampleQuery(request).workspace, (await params).id) }));
export const { GET, POST, PUT } = refuseAllBut('PATCH', 'DELETE');
