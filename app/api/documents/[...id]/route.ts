import { documentStore } from '../../approaches.ts';
import { door, readJson, refuseAllBut } from '../../door.ts';
import { askedWorkspace } from '../../workspace.ts';
import { DOCUMENT_BYTES, documentId, found, parseChange, type DocumentContext } from '../document.ts';

export const GET = door(async (request, context: DocumentContext) => {
  const id = await documentId(context);
  return Response.json(found(id, await (await documentStore(askedWorkspace(request))).read(id)));
});
export const PUT = door(async (request, context: DocumentContext) => {
  const change = parseChange(await readJson(request, DOCUMENT_BYTES));
  return Response.json(await (await documentStore(askedWorkspace(request))).save(await documentId(context), change));
});
export const DELETE = door(async (request, context: DocumentContext) => {
  const id = await documentId(context);
  return Response.json(found(id, await (await documentStore(askedWorkspace(request))).remove(id)));
});
export const { POST, PATCH } = refuseAllBut('GET', 'PUT', 'DELETE');
