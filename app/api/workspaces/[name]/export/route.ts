import { Readable } from 'node:stream';
import { exportWorkspace } from '@/lib/workspace/export.ts';
import { openWorkspace } from '@/lib/workspace/workspace.ts';
import { door, refuseAllBut } from '../../../door.ts';
import { existing, type NamedContext } from '../name.ts';

export const GET = door(async (request, context: NamedContext) => {
  const name = await existing(context);
  const pieces = exportWorkspace(await openWorkspace(name), request.signal);
  // What cannot be exported fails here, while the answer can still say so.
  const first = await pieces.next();
  const file = Readable.from((async function* () {
    if (!first.done) yield first.value;
    yield* pieces;
  })());
  return new Response(Readable.toWeb(file) as ReadableStream, { headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}.zip"`, 'cache-control': 'no-store' } });
});
export const { POST, PUT, PATCH, DELETE } = refuseAllBut('GET');
