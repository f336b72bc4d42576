'use client';
import { useEffect, useState } from 'react';
import { hasEnded, isWorking, type AskingCost, type TrainingRunDetail } from '@/lib/messages/training.ts';
import { Day } from '../day.tsx';
import { useTexts } from '../language.tsx';
import { AskAtStep, type AnswerKey } from './ask-at-step.tsx';
import { TextButton, Problem } from './controls.tsx';
import { LossChart } from './loss-chart.tsx';
import { resultText } from './result.ts';
import { RunControls } from './run-controls.tsx';
import { AskingCostNote, RunFigures } from './run-figures.tsx';
import { Scrubber } from './scrubber.tsx';
import { useTrainingTexts } from './texts.ts';

interface LessonProps {
  readonly run: TrainingRunDetail;
  readonly askingCost: AskingCost | null;
  /** Held-out questions with the answers expected, to try. */
  readonly questions: readonly AnswerKey[];
  readonly onChanged: () => void;
  readonly onRemoved: () => void;
  readonly onKept: () => void;
}

/** Two facing pages: the training as it goes on, and what the model says at the step that is chosen. */
export function Lesson({ run, askingCost, questions, onChanged, onRemoved, onKept }: LessonProps) {
  const { format } = useTexts();
  const texts = useTrainingTexts();
  // `null` follows the newest checkpoint.
  const [chosen, setChosen] = useState<number | null>(null);
  const [second, setSecond] = useState<number | null>(null);
  const newest = run.checkpointList.at(-1)?.step ?? 0;
  const known = (step: number) => step === 0 || run.checkpointList.some((checkpoint) => checkpoint.step === step);
  const step = chosen !== null && known(chosen) ? chosen : newest;
  const other = second !== null && known(second) ? second : second === null ? null : 0;
  // Another run has other steps.
  useEffect(() => {
    setChosen(null);
    setSecond(null);
  }, [run.id]);
  const steps = Math.max(run.progress.steps, newest);
  const alive = !hasEnded(run.state);
  const result = run.result && resultText(run.result, texts.run, format);

  return (
    <div className="grid bg-paper shadow-[0_1px_0_var(--edge),0_22px_44px_-30px_var(--shade)] min-[60rem]:grid-cols-[minmax(0,1.12fr)_minmax(0,1fr)]">
      <article aria-labelledby="lesson-heading" data-arm="fine-tuned" data-state={run.state} className="px-5 py-5 sm:px-10 sm:py-7 min-[60rem]:bg-[linear-gradient(to_left,var(--shade),transparent_2.75rem)]">
        <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2 id="lesson-heading" className="min-w-0 text-[1.65rem] font-bold leading-none tracking-tight break-words [font-stretch:90%]">
            {run.name}
          </h2>
          <p className="text-sm text-soft">
            <Day iso={run.createdAt} within={(day) => texts.run.startedBy(run.startedBy, day)} />
          </p>
          <p className="ml-auto text-right text-sm leading-tight text-soft">
            {/* Read out as it changes, but not with every question of the exam. */}
            <span role="status">{texts.run.states[run.state]}</span>
            {run.state === 'evaluating' && run.progress.answered && ` ${texts.run.of(format.count(run.progress.answered.done), format.count(run.progress.answered.of))}`}
          </p>
        </header>
        {run.queue && <p className="mt-3 border-l-[3px] border-arm pl-4">{texts.run.queued(run.queue.position, run.queue.behind)}</p>}
        {run.problem && (
          <div className="mt-3">
            <Problem problem={run.problem} />
          </div>
        )}
        <div className="mt-5">
          <RunFigures run={run} />
        </div>
        <div className="mt-5">
          <LossChart
            losses={run.losses}
            heldOut={run.heldOut}
            checkpoints={run.checkpointList}
            steps={steps}
            epochs={run.progress.epochs}
            writing={run.state === 'training'}
            chosen={[step, ...(other === null ? [] : [other])]}
            onChoose={setChosen}
          >
            <Scrubber label={texts.scrub.label} checkpoints={run.checkpointList} steps={steps} step={step} onStep={setChosen} />
            {other !== null && <Scrubber second label={texts.scrub.second} checkpoints={run.checkpointList} steps={steps} step={other} onStep={setSecond} />}
          </LossChart>
          <div className="flex min-h-11 flex-wrap items-center gap-x-5 pl-[2.6rem] text-sm">
            {run.checkpointList.length === 0 ? (
              <p className="text-soft">{texts.scrub.none}</p>
            ) : (
              <TextButton onClick={() => setSecond(other === null ? 0 : null)}>
                {other === null ? texts.scrub.compare : texts.scrub.compareEnd}
              </TextButton>
            )}
            {alive && chosen !== null && <TextButton onClick={() => setChosen(null)}>{texts.scrub.follow}</TextButton>}
            {alive && chosen === null && run.checkpointList.length > 0 && <p className="text-soft">{texts.scrub.following}</p>}
          </div>
        </div>
        {run.tooLong && run.tooLong.count > 0 && (
          <details className="mt-2 text-sm">
            <summary className="w-fit cursor-pointer py-2 text-warning">{texts.run.tooLong(run.tooLong.count, run.tooLong.treatment)}</summary>
            <ul className="list-disc pl-6 font-text">
              {run.tooLong.questions.map((question) => (
                <li key={question}>{question}</li>
              ))}
            </ul>
          </details>
        )}
        <div className="mt-3 border-t border-line pt-4">
          <RunControls run={run} onChanged={onChanged} onRemoved={onRemoved} />
          {(isWorking(run.state) || run.state === 'queued') && (
            <div className="mt-3">
              <AskingCostNote cost={askingCost} />
            </div>
          )}
          {result && <p className="mt-3 font-text text-[1.02rem] text-pretty">{result}</p>}
        </div>
      </article>
      <AskAtStep key={run.id} run={run} step={step} other={other} questions={questions} onStep={setChosen} onKept={onKept}>
        <Scrubber label={texts.scrub.label} checkpoints={run.checkpointList} steps={steps} step={step} onStep={setChosen} />
      </AskAtStep>
    </div>
  );
}
