import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { titleOf } from '@/components/dictionary/shell.ts';
import { EvaluationPage } from '@/components/evaluation/evaluation-page.tsx';
import { asLanguage } from '@/components/preferences.ts';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { compareRuns } from '@/lib/evaluate/compare-runs.ts';
import { listRuns, openRun } from '@/lib/evaluate/runs.ts';
import { mixedArms } from '@/lib/evaluate/sum-up.ts';
import type { EvaluationRun, RunListing } from '@/lib/messages/evaluation.ts';
import { toProblem } from '@/lib/system/problem.ts';
import { listWorkspaces } from '@/lib/workspace/folders.ts';
import { summaryOf } from '../api/evaluation/[run]/run.ts';
import { chosenWorkspace } from '../chosen-workspace.ts';

// Runs come and grow while the server is up.
export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  return { title: titleOf('/evaluation', asLanguage((await cookies()).get('language')?.value)) };
}

interface Search {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: Search) {
  const { run: asked, against: other } = await searchParams;
  const [runs, workspace] = await Promise.all([listRuns(), chosenWorkspace(searchParams)]);
  const id = typeof asked === 'string' ? asked : firstOf(runs, workspace);
  const against = typeof other === 'string' && other !== id ? other : null;
  let problem: AnswerProblem | null = null;
  const attempt = async <Value,>(work: () => Promise<Value>): Promise<Value | null> => work().catch((error: unknown) => ((problem ??= toProblem(error)), null));
  const run = id === null ? null : await attempt(() => openRun(id));
  const before = against === null ? null : await attempt(() => openRun(against));
  // A run that stands in only because the workspace chosen has none does not choose another one.
  const about = run && id === asked ? await presentWorkspace(run) : null;
  return <EvaluationPage runs={runs} id={id} run={run && summaryOf(run)} mixed={run ? mixedArms(run.provenance) : []} against={against} comparison={run && before && compareRuns(before, run)} problem={problem} workspace={about ?? workspace} />;
}

/** What a run is about, so that the header names it; `null` where that is no workspace, or one that is not here. */
async function presentWorkspace({ header }: EvaluationRun): Promise<string | null> {
  const { workspace } = header.subject;
  return workspace !== null && (await listWorkspaces()).includes(workspace) ? workspace : null;
}

/** The committed run of the chosen workspace, else any of its runs, else the first that can be read. */
function firstOf(runs: readonly RunListing[], workspace: string): string | null {
  const readable = runs.filter(({ state }) => state !== 'unreadable');
  const own = readable.filter(({ name }) => name === workspace);
  return (own.find(({ origin }) => origin === 'committed') ?? own[0] ?? readable[0])?.id ?? null;
}
