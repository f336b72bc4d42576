/** What a browser sends when it makes a workspace: files, within limits. */
import type { DocumentFile } from '@/lib/workspace/document-file.ts';
import type { TextFile } from '@/lib/workspace/rows.ts';
import { staysInside } from '@/lib/workspace/folders.ts';
import { BadInputError } from '@/lib/system/errors.ts';
import { WORKSPACE_LIMITS } from '@/lib/messages/workspaces.ts';
import { readBytes } from '../door.ts';

/** @throws BadInputError 413 for too much of it, 400 for what is no form. */
export async function readForm(request: Request): Promise<FormData> {
  const bytes = await readBytes(request, 'multipart/form-data', WORKSPACE_LIMITS.uploadBytes);
  try {
    return await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': request.headers.get('content-type')! } }).formData();
  } catch (cause) {
    throw new BadInputError('The request is not a form with files.', { cause, remedy: 'Send multipart/form-data.' });
  }
}

/** The documents of a form by their paths; hidden files are left out, as they are of a folder. */
export function documentFiles(form: FormData): DocumentFile[] {
  const files = form.getAll('documents').filter((entry) => entry instanceof File).filter(({ name }) => name !== '');
  const limit = WORKSPACE_LIMITS.files;
  if (files.length > limit) throw new BadInputError(`${files.length} files are more than ${limit}.`, { httpStatus: 413, remedy: 'Use: npm run ingest -- FOLDER', detail: { id: 'too-many-files', facts: { files: files.length, limit } } });
  return files.map((file) => ({ path: documentPath(file.name), size: async () => file.size, read: async () => new Uint8Array(await file.arrayBuffer()) })).filter(({ path }) => !path.split('/').some((name) => name.startsWith('.')));
}

function documentPath(name: string): string {
  const path = name.normalize('NFC').replaceAll('\\', '/');
  if (!staysInside(path)) throw new BadInputError(`"${name.slice(0, 80)}" cannot be a document's name.`, { remedy: 'Rename the file.', detail: { id: 'document-name-unusable', facts: { name: name.slice(0, 80) } } });
  return path;
}

/** A file of text that the form may hold. BadInputError when it is not UTF-8. */
export async function textFile(form: FormData, field: string): Promise<TextFile | undefined> {
  const file = form.get(field);
  if (!(file instanceof File) || file.name === '') return undefined;
  try {
    return { name: file.name, text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) };
  } catch (cause) {
    throw new BadInputError(`${file.name} is not UTF-8 text.`, { cause, remedy: 'Save it as UTF-8.', detail: { id: 'file-not-utf8', facts: { file: file.name } } });
  }
}

export function textField(form: FormData, field: string): string | undefined {
  const value = form.get(field);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
