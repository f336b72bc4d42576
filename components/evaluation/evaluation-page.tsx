'use client';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import type { AnswerProblem, ApproachId } from '@/lib/answer/events.ts';
import type { RunComparison, RunListing, RunSummary } from '@/lib/messages/evaluation.ts';
import { problemText } from '../dictionary/problems.ts';
import { useTexts } from '../language.tsx';
import { PageHeading } from '../page-heading.tsx';
import { ProblemMessage } from '../problem-message.tsx';
import { AboutSection } from './about-section.tsx';
import { AccuracySection } from './accuracy-section.tsx';
import { CompareSection } from './compare-section.tsx';
import { MetricsSection } from './metrics-section.tsx';
import { PairsSection } from './pairs-section.tsx';
import { QuestionsSection } from './questions-section.tsx';
import { RunNotes } from './run-notes.tsx';
import { RunPicker } from './run-picker.tsx';
import { useReportWorkspace } from '../workspaces/shown-workspace.tsx';
import { useEvaluationTexts } from './texts.ts';

export interface EvaluationPageProps {
  readonly runs: readonly RunListing[];
  /** Name of the run that is open, and what it came to; `null` when there is none or it cannot be read. */
  readonly id: string | null;
  readonly run: RunSummary | null;
  /** Its arms whose weights or index changed on the way. */
  readonly mixed: readonly ApproachId[];
  readonly against: string | null;
  readonly comparison: RunComparison | null;
  readonly problem: AnswerProblem | null;
  /** What the run named in the address is about; else the one chosen, whose run is opened where the address names none. */
  readonly workspace: string;
}

/** What the arms were measured to do, and every answer behind it. */
export function EvaluationPage({ runs, id, run, mixed, against, comparison, problem, workspace }: EvaluationPageProps) {
  const { language } = useTexts();
  const texts = useEvaluationTexts();
  useReportWorkspace(workspace);
  const told = problem && problemText(problem, language);
  const router = useRouter();
  const [opening, startOpening] = useTransition();
  const open = (chosen: string, other: string | null) => startOpening(() => router.push(`/evaluation?${new URLSearchParams({ run: chosen, ...(other !== null && { against: other }), workspace })}`, { scroll: false }));
  return (
    <>
      <PageHeading title={texts.headline} lead={texts.lead} />
      {runs.length === 0 && (
        <p className="bg-paper p-6 font-text text-lg">
          {texts.noRuns} <code className="font-mono text-base select-all">npm run eval -- --workspace pajak --quick</code>
        </p>
      )}
      {runs.length > 0 && <RunPicker runs={runs} id={id} against={against} onOpen={open} busy={opening} />}
      {told && (
        <div role="alert" className="mt-6 border-l-[3px] border-warning py-1 pl-4">
          <p className="break-words">
            <ProblemMessage {...told} />
          </p>
          {told.remedy && <p className="mt-1 text-sm break-words text-soft">{told.remedy}</p>}
        </div>
      )}
      {run && id && (
        <div key={`${id} ${run.answered}`} className={opening ? 'opacity-60' : ''}>
          <RunNotes run={run} mixed={mixed} />
          {comparison && against && <CompareSection comparison={comparison} names={{ before: against, after: id }} />}
          <AccuracySection scores={run.scores} />
          <PairsSection pairs={run.pairs} />
          <QuestionsSection id={id} run={run} />
          <MetricsSection scores={run.scores} someTimed={run.header.settings.concurrency > 1} />
          <AboutSection run={run} />
        </div>
      )}
    </>
  );
}
