import { cookies, headers } from 'next/headers';
import { DEFAULT_WORKSPACE, WORKSPACE_COOKIE, WORKSPACE_NAME } from '@/lib/messages/workspaces.ts';
import { listWorkspaces } from '@/lib/workspace/folders.ts';
import { isOwnHost, otherSite } from './own-host.ts';

export type SearchParams = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;

/**
 * The workspace a page is about: the one its address names, so that a link restores it; else the one chosen last, while it is
 * there; else the one that comes with the project. One that is named and not there is told by whatever opens it.
 * Every page asks this first, so that none is drawn for a request under another's name.
 */
export async function chosenWorkspace(searchParams?: SearchParams): Promise<string> {
  if (!isOwnHost((await headers()).get('host'))) throw otherSite();
  const named = (await searchParams)?.workspace;
  if (typeof named === 'string' && WORKSPACE_NAME.test(named)) return named;
  const kept = (await cookies()).get(WORKSPACE_COOKIE)?.value;
  return kept !== undefined && (await listWorkspaces()).includes(kept) ? kept : DEFAULT_WORKSPACE;
}
