import { addExample, listExamples, resetExamples } from '@/lib/training/examples.ts';
import { door, readJson, refuseAllBut } from '../door.ts';
import { exampleQuery } from './query.ts';

const EXAMPLE_BYTES = 64 * 1024;

export const dynamic = 'force-dynamic';
export const GET = door(async (request) => {
  const { workspace, ...query } = exampleQuery(request);
  return Response.json(await listExamples(workspace, query));
});
export const POST = door(async (request) => Response.json(await addExample(exampleQuery(request).workspace, await readJson(request, EXAMPLE_BYTES)), { status: 201 }));
/** Goes back to the examples that ship. */
export const DELETE = door(async (request) => Response.json(await resetExamples(exampleQuery(request).workspace)));
export const { PUT, PATCH } = refuseAllBut('GET', 'POST', 'DELETE');
