import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { titleOf } from '@/components/dictionary/shell.ts';
import { asLanguage } from '@/components/preferences.ts';
import { WorkspacesPage } from '@/components/workspaces/workspaces-page.tsx';
import { listWorkspaceViews } from '@/lib/workspace/view.ts';
import { chosenWorkspace, type SearchParams } from '../chosen-workspace.ts';

// Workspaces are made and changed while the server is up.
export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  return { title: titleOf('/workspaces', asLanguage((await cookies()).get('language')?.value)) };
}

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const [workspaces, chosen] = await Promise.all([listWorkspaceViews(), chosenWorkspace(searchParams)]);
  return <WorkspacesPage served={workspaces} chosen={chosen} />;
}
