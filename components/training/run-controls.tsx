'use client';
import { useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { hasEnded, type TrainingRunSummary } from '@/lib/messages/training.ts';
import { ConfirmButton, Problem, SecondaryButton } from './controls.tsx';
import { changeRun, removeRun, type Outcome } from './requests.ts';
import { useTrainingTexts } from './texts.ts';

interface RunControlsProps {
  readonly run: TrainingRunSummary;
  readonly onChanged: () => void;
  readonly onRemoved: () => void;
}

/** Pause, go on, stop, delete: those that make sense now. */
export function RunControls({ run, onChanged, onRemoved }: RunControlsProps) {
  const texts = useTrainingTexts().run;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const send = async (work: Promise<Outcome<unknown>>, after: () => void) => {
    setBusy(true);
    setProblem(null);
    const outcome = await work;
    setBusy(false);
    if ('problem' in outcome) setProblem(outcome.problem);
    after();
  };
  const act = (action: 'pause' | 'resume' | 'stop') => send(changeRun(run.id, { action }), onChanged);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {(run.state === 'training' || run.state === 'preparing') && (
          <SecondaryButton disabled={busy} onClick={() => act('pause')}>
            {texts.pause}
          </SecondaryButton>
        )}
        {run.resumable && (
          <SecondaryButton disabled={busy} onClick={() => act('resume')}>
            {texts.resume}
          </SecondaryButton>
        )}
        {!hasEnded(run.state) && (
          <SecondaryButton disabled={busy} onClick={() => act('stop')}>
            {run.state === 'queued' ? texts.leaveQueue : texts.stop}
          </SecondaryButton>
        )}
        <ConfirmButton disabled={busy} question={texts.removeQuestion(run.checkpoints)} confirm={texts.removeYes} onConfirm={() => void send(removeRun(run.id), onRemoved)}>
          {texts.remove}
        </ConfirmButton>
      </div>
      {problem && (
        <div className="mt-3">
          <Problem problem={problem} onClose={() => setProblem(null)} />
        </div>
      )}
    </>
  );
}
