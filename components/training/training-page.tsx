'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AdapterList } from '@/lib/messages/adapters.ts';
import type { ExampleList } from '@/lib/messages/examples.ts';
import { hasEnded, type TrainingOverview, type TrainingRunDetail, type TrainingRunSummary } from '@/lib/messages/training.ts';
import { useFocusNext } from '../focus-back.ts';
import { useTexts } from '../language.tsx';
import { useReportWorkspace } from '../workspaces/shown-workspace.tsx';
import type { WorkspaceName } from '../workspaces/workspace-chooser.tsx';
import { PageHeading } from '../page-heading.tsx';
import { AdaptersPanel } from './adapters-panel.tsx';
import type { AnswerKey } from './ask-at-step.tsx';
import { Problem } from './controls.tsx';
import { measuredRun } from './estimate.ts';
import { ExamplesPanel } from './examples-panel.tsx';
import { foremost } from './foremost.ts';
import { Lesson } from './lesson.tsx';
import { listExamples } from './requests.ts';
import { QUESTIONS_TO_TRY } from './rows.ts';
import { RunList } from './run-list.tsx';
import { StartForm } from './start-form.tsx';
import { useTrainingTexts } from './texts.ts';
import { useAdapters } from './use-adapters.ts';
import { useOverview } from './use-overview.ts';
import { useRun } from './use-run.ts';

const NO_RUNS: readonly TrainingRunSummary[] = [];

export interface TrainingPageProps {
  readonly overview: TrainingOverview | null;
  /** The run that is shown first. */
  readonly run: TrainingRunDetail | null;
  readonly adapters: AdapterList | null;
  readonly examples: { readonly train: ExampleList; readonly heldOut: ExampleList } | null;
  readonly workspaces: readonly WorkspaceName[];
  /** Whose examples are shown and taught; another one is another page. */
  readonly workspace: string;
}

/** Teach, watch, ask: a model is fine-tuned while one looks on. */
export function TrainingPage(served: TrainingPageProps) {
  const { language } = useTexts();
  const texts = useTrainingTexts();
  const { overview, problem, refresh } = useOverview(served.overview);
  const { workspace } = served;
  useReportWorkspace(workspace);
  const [picked, setPicked] = useState<string | null>(null);
  const [version, setVersion] = useState(0);
  const [lists, setLists] = useState(served.examples);
  const runs = overview?.runs ?? NO_RUNS;
  const none = useRef<HTMLParagraphElement>(null);
  const next = useFocusNext(runs, ({ id }) => id, none);
  const summary = runs.find(({ id }) => id === picked) ?? foremost(runs);
  const { run, problem: runProblem } = useRun(summary?.id ?? null, summary !== null && !hasEnded(summary.state), served.run);
  // Adapters appear when a run ends, and go when another tab deletes one.
  const adaptersVersion = `${version} ${runs.map(({ id, adapter }) => `${id}${adapter ?? ''}`).join()}`;
  const { adapters, problem: adaptersProblem, refresh: refreshAdapters } = useAdapters(served.adapters, adaptersVersion);

  const readCounts = useCallback(async () => {
    const [train, heldOut] = await Promise.all([
      listExamples({ workspace, split: 'train', search: '', offset: 0, limit: 1 }),
      listExamples({ workspace, split: 'held-out', search: '', offset: 0, limit: QUESTIONS_TO_TRY }),
    ]);
    if ('value' in train && 'value' in heldOut) setLists({ train: train.value, heldOut: heldOut.value });
  }, [workspace]);
  useEffect(() => {
    if (version > 0 || served.examples === null) void readCounts();
  }, [version, served.examples, readCounts]);

  // Those in the language of the page first.
  const questions = useMemo<AnswerKey[]>(() => {
    const rows = run?.workspace === workspace ? (lists?.heldOut.examples ?? []) : [];
    return rows.toSorted((one, other) => Number(other.language === language) - Number(one.language === language));
  }, [run?.workspace, workspace, lists, language]);
  const changed = () => setVersion((before) => before + 1);

  return (
    <>
      <PageHeading title={texts.headline} lead={texts.lead} />
      {problem && (
        <div className="mb-6">
          <Problem problem={problem} />
        </div>
      )}
      {overview && (
        <StartForm
          overview={overview}
          workspaces={served.workspaces}
          workspace={workspace}
          counts={lists?.train.counts ?? null}
          adapters={adapters}
          underWay={measuredRun(run)}
          onStarted={(started) => {
            setPicked(started.id);
            void refresh();
          }}
        />
      )}
      {runs.length > 0 && <RunList runs={runs} selected={summary?.id ?? null} onSelect={setPicked} button={next.button} />}
      {run && summary ? (
        <Lesson
          run={{ ...run, queue: summary.queue ?? run.queue }}
          askingCost={overview?.askingCost ?? null}
          questions={questions}
          onChanged={() => void refresh()}
          onRemoved={() => {
            next.leave(summary.id);
            setPicked(null);
            void refresh();
          }}
          onKept={() => void refreshAdapters()}
        />
      ) : (
        runs.length > 0 && <div className="min-h-[46rem] bg-paper px-5 py-5 sm:px-10">{runProblem && <Problem problem={runProblem} />}</div>
      )}
      {overview && runs.length === 0 && <p ref={none} tabIndex={-1} className="mt-8 border-t border-edge pt-5 font-text text-lg text-soft text-pretty outline-none">{texts.noRuns}</p>}
      <ExamplesPanel
        workspace={workspace}
        served={served.examples}
        counts={lists?.train.counts ?? null}
        edited={lists?.train.edited ?? false}
        onChanged={changed}
        version={version}
      />
      <AdaptersPanel adapters={adapters} problem={adaptersProblem} workspace={workspace} onChanged={() => void refreshAdapters()} />
    </>
  );
}
