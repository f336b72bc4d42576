import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { titleOf } from '@/components/dictionary/shell.ts';
import { asLanguage } from '@/components/preferences.ts';
import { foremost } from '@/components/training/foremost.ts';
import { TrainingPage } from '@/components/training/training-page.tsx';
import { PAGE_ROWS, QUESTIONS_TO_TRY } from '@/components/training/rows.ts';
import { listAdapterViews } from '@/lib/training/adapter-library.ts';
import { askingCost } from '@/lib/training/asking-cost.ts';
import { listExamples } from '@/lib/training/examples.ts';
import { settingDefinitions } from '@/lib/training/settings.ts';
import { listWorkspaceNames } from '@/lib/workspace/view.ts';
import { trainingManager } from '../api/training/manager.ts';
import { chosenWorkspace, type SearchParams } from '../chosen-workspace.ts';

// Runs, examples and adapters change while the server is up.
export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  return { title: titleOf('/training', asLanguage((await cookies()).get('language')?.value)) };
}

/** What cannot be read is asked for again by the page itself, which then says what is wrong. */
const known = <Value,>(work: Promise<Value>): Promise<Value | null> => work.catch((error: unknown) => (console.error(error), null));

async function overviewAndRun() {
  const [runs, cost] = await Promise.all([trainingManager().list(), askingCost()]);
  const first = foremost(runs);
  return { overview: { runs, settings: settingDefinitions(), askingCost: cost }, run: first && (await trainingManager().detail(first.id)) };
}

async function firstExamples(workspace: string) {
  const [train, heldOut] = await Promise.all([
    listExamples(workspace, { split: 'train', limit: PAGE_ROWS }),
    listExamples(workspace, { split: 'held-out', limit: QUESTIONS_TO_TRY }),
  ]);
  return { train, heldOut };
}

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const workspace = await chosenWorkspace(searchParams);
  const [training, adapters, examples, workspaces] = await Promise.all([known(overviewAndRun()), known(listAdapterViews()), known(firstExamples(workspace)), known(listWorkspaceNames())]);
  return (
    <TrainingPage
      key={workspace}
      overview={training?.overview ?? null}
      run={training?.run ?? null}
      adapters={adapters && { adapters }}
      examples={examples}
      workspaces={workspaces ?? []}
      workspace={workspace}
    />
  );
}
