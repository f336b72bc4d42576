'use client';
import type { RefCallback } from 'react';
import { isWorking, type TrainingRunSummary } from '@/lib/messages/training.ts';
import { useTexts } from '../language.tsx';
import { useTrainingTexts } from './texts.ts';

const SHOWN = 8;

interface RunListProps {
  readonly runs: readonly TrainingRunSummary[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** The `ref` of a training's button. */
  readonly button: (id: string) => RefCallback<HTMLButtonElement>;
}

/** The trainings there are, newest first; the chosen one lies open below. */
export function RunList({ runs, selected, onSelect, button }: RunListProps) {
  const { format } = useTexts();
  const texts = useTrainingTexts().run;
  const shown = runs.filter((run, index) => index < SHOWN || run.id === selected || isWorking(run.state));
  return (
    <ul aria-label={texts.list} className="-mx-4 mt-8 flex gap-x-1 overflow-x-auto px-4 [scrollbar-width:none] sm:mx-0 sm:px-0">
      {shown.map((run) => (
        <li key={run.id} className="shrink-0">
          <button
            ref={button(run.id)}
            type="button"
            aria-current={run.id === selected ? 'true' : undefined}
            onClick={() => onSelect(run.id)}
            className="min-h-12 px-4 py-1.5 text-left leading-tight hover:bg-[color-mix(in_oklab,var(--paper)_60%,transparent)] focus-visible:-outline-offset-2 aria-[current]:bg-paper"
          >
            <span className="block font-semibold">{run.name}</span>
            <span className="block text-sm text-soft tabular-nums">
              {texts.states[run.state]}
              {isWorking(run.state) && run.progress.steps > 0 && ` ${format.share(run.progress.step / run.progress.steps)}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
