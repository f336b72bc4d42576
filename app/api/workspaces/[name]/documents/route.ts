import { addDocuments } from '@/lib/workspace/change.ts';
import { door, refuseAllBut } from '../../../door.ts';
import { makingResponse } from '../../making.ts';
import { documentFiles, readForm } from '../../upload.ts';
import { existing, type NamedContext } from '../name.ts';

export const POST = door(async (request, context: NamedContext) => {
  const name = await existing(context);
  const files = documentFiles(await readForm(request));
  return makingResponse(request, (options) => addDocuments(name, files, options));
});
export const { GET, PUT, PATCH, DELETE } = refuseAllBut('POST');
