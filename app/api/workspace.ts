import { WORKSPACE_NAME } from '@/lib/messages/workspaces.ts';
import { BadInputError } from '@/lib/system/errors.ts';

/** The workspace a request's address names; `undefined` for the one that comes with the project. */
export function askedWorkspace(request: Request): string | undefined {
  const name = new URL(request.url).searchParams.get('workspace');
  if (name === null || name === '') return undefined;
  if (!WORKSPACE_NAME.test(name)) throw new BadInputError('"workspace" cannot name a workspace.', { remedy: 'GET /api/workspaces lists them.' });
  return name;
}
