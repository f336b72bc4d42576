'use client';
import type { CSSProperties, ReactNode } from 'react';
import type { Comparison } from '@/lib/answer/comparison.ts';
import { isTaught, type ApproachId } from '@/lib/answer/events.ts';
import { detectLanguage } from '@/lib/question/language.ts';
import { AnswerPane } from './answer-pane.tsx';
import { IDLE_PANE, type ComparisonState } from './comparison-state.ts';
import type { OpenDocument } from './document-dialog.tsx';

interface SpreadProps {
  readonly arms: readonly ApproachId[];
  readonly state: ComparisonState;
  readonly comparison: Comparison | null;
  readonly onOpen: (document: OpenDocument) => void;
  readonly onRetry: (arm: ApproachId) => void;
  /** What a taught arm's page offers below its answer. */
  readonly teaching: ReactNode;
}

const PAGES = 2;

/** The answers as facing pages of one book, two at a time. */
export function Spread({ arms, state, comparison, onOpen, onRetry, teaching }: SpreadProps) {
  const panes = arms.map((arm) => state.panes[arm] ?? IDLE_PANE);
  const slowestMs = Math.max(...panes.map((pane) => pane.timings?.totalMs ?? 0));
  return (
    <div className="bg-paper shadow-[0_1px_0_var(--edge),0_22px_44px_-30px_var(--shade)]">
      {state.asked && (
        <p lang={detectLanguage(state.asked.text)} className="border-b border-line px-5 py-2.5 text-center font-text text-[1.1rem] italic leading-snug break-words sm:px-10">{state.asked.text}</p>
      )}
      {arms.map((_, first) => first % PAGES === 0 && (
        <div key={first} className="spread border-t border-line first:border-t-0" style={{ '--pages': Math.min(PAGES, arms.length - first) } as CSSProperties}>
          {arms.slice(first, first + PAGES).map((arm, index) => (
            <AnswerPane key={arm} arm={arm} pane={panes[first + index]} slowestMs={slowestMs} comparison={comparison} onOpen={onOpen} onRetry={() => onRetry(arm)} teaching={isTaught(arm) && teaching} />
          ))}
        </div>
      ))}
    </div>
  );
}
