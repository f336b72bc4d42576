import { BadInputError } from '@/lib/system/errors.ts';
import { foldersOf, listWorkspaces } from '@/lib/workspace/folders.ts';

export interface NamedContext {
  readonly params: Promise<{ name: string }>;
}

/** The workspace an address names, which Next has decoded; 404 when there is none. */
export async function existing({ params }: NamedContext): Promise<string> {
  const { name } = await params;
  foldersOf(name);
  const found = await listWorkspaces();
  if (found.includes(name)) return name;
  throw new BadInputError(`No workspace "${name}" (found: ${found.join(', ') || 'none'}).`, { httpStatus: 404, remedy: 'GET /api/workspaces lists them.' });
}
