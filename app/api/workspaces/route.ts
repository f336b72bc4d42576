import type { WorkspaceList } from '@/lib/messages/workspaces.ts';
import { BadInputError } from '@/lib/system/errors.ts';
import { createWorkspace } from '@/lib/workspace/create.ts';
import { readDocumentFiles } from '@/lib/workspace/documents.ts';
import { ARCHIVE_LIMITS, importWorkspace } from '@/lib/workspace/import.ts';
import { readRowFiles } from '@/lib/workspace/rows.ts';
import { listWorkspaceViews } from '@/lib/workspace/view.ts';
import { door, readBytes, refuseAllBut } from '../door.ts';
import { makingResponse } from './making.ts';
import { title } from './title.ts';
import { documentFiles, readForm, textField, textFile } from './upload.ts';

export const dynamic = 'force-dynamic';

export const GET = door(async () => Response.json({ workspaces: await listWorkspaceViews() } satisfies WorkspaceList, { headers: { 'cache-control': 'no-store' } }));

export const POST = door(async (request) => {
  const type = request.headers.get('content-type')?.split(';')[0].trim().toLowerCase();
  if (type === 'application/zip') return importFrom(request);
  if (type === 'multipart/form-data') return createFrom(request);
  throw new BadInputError(`The content type is ${type ?? 'missing'}.`, { httpStatus: 415, remedy: 'Send a form with files, or an exported workspace as application/zip.' });
});

async function createFrom(request: Request): Promise<Response> {
  const form = await readForm(request);
  const [name, given, language, files] = [textField(form, 'name'), textField(form, 'title'), textField(form, 'language'), documentFiles(form)];
  if (name === undefined) throw new BadInputError('The workspace has no name.', { remedy: 'Give it one: letters, digits, - and _.' });
  const [examples, questions] = await Promise.all([textFile(form, 'examples'), textFile(form, 'questions')]);
  const rows = readRowFiles({ examples, questions });
  return makingResponse(request, (options) => {
    const { signal, progress } = options;
    const documents = () => readDocumentFiles(files, { signal, progress: (done, total) => progress?.(done, total, 'files') });
    return createWorkspace({ name, definition: { ...(given && { title: title(given) }), ...((language === 'id' || language === 'en') && { language }) }, rows, documents }, options);
  });
}

async function importFrom(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const bytes = await readBytes(request, 'application/zip', ARCHIVE_LIMITS.bytes);
  const name = asked.get('name') || undefined;
  return makingResponse(request, (options) => importWorkspace(bytes, asked.get('file')?.slice(0, 120) || 'The file', { ...options, ...(name && { name }) }));
}

export const { PUT, PATCH, DELETE } = refuseAllBut('GET', 'POST');
