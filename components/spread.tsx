'use client';
import type { CSSProperties } from 'react';
import type { Comparison } from '@/lib/answer/comparison.ts';
import type { ApproachId } from '@/lib/answer/events.ts';
import { AnswerPane } from './answer-pane.tsx';
import { IDLE_PANE, type ComparisonState } from './comparison-state.ts';
import type { OpenDocument } from './document-dialog.tsx';

interface SpreadProps {
  readonly arms: readonly ApproachId[];
  readonly state: ComparisonState;
  readonly comparison: Comparison | null;
  readonly onOpen: (document: OpenDocument) => void;
  readonly onRetry: (arm: ApproachId) => void;
}

/** The answers as facing pages of one book. */
export function Spread({ arms, state, comparison, onOpen, onRetry }: SpreadProps) {
  const panes = arms.map((arm) => state.panes[arm] ?? IDLE_PANE);
  const slowestMs = Math.max(...panes.map((pane) => pane.timings?.totalMs ?? 0));
  return (
    <div className="bg-paper shadow-[0_1px_0_var(--edge),0_22px_44px_-30px_var(--shade)]">
      {state.asked && (
        <p className="border-b border-line px-5 py-2.5 text-center font-text text-[1.1rem] italic leading-snug break-words sm:px-10">{state.asked.text}</p>
      )}
      <div className="spread" style={{ '--pages': arms.length } as CSSProperties}>
        {arms.map((arm, index) => (
          <AnswerPane key={arm} arm={arm} pane={panes[index]} slowestMs={slowestMs} comparison={comparison} onOpen={onOpen} onRetry={() => onRetry(arm)} />
        ))}
      </div>
    </div>
  );
}
