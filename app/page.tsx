import { ComparisonPage } from '@/components/comparison-page.tsx';
import { newId } from '@/components/new-id.ts';
import { comparison } from './api/approaches.ts';
import { chosenWorkspace, type SearchParams } from './chosen-workspace.ts';

// What is known changes with every edit and every run.
export const dynamic = 'force-dynamic';

/** The page serves even when no model, adapter or index can be read; the panes then say what is wrong. */
export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const workspace = await chosenWorkspace(searchParams);
  const { q } = await searchParams;
  const known = await comparison(workspace).catch((error: unknown) => (console.error(error), null));
  return <ComparisonPage key={workspace} workspace={workspace} question={typeof q === 'string' && q.trim() !== '' ? q.trim() : undefined} comparison={known} drawing={newId()} />;
}
