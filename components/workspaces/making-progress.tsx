'use client';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { WorkspaceView } from '@/lib/messages/workspaces.ts';
import { skippedText } from '../dictionary/skipped.ts';
import { useTexts } from '../language.tsx';
import { Problem, SecondaryButton } from '../training/controls.tsx';
import { useWorkspacesTexts } from './texts.ts';
import type { MakingState } from './use-making.ts';

interface MakingProgressProps {
  readonly state: MakingState;
  readonly onStop: () => void;
  /** What is said when it is done. */
  readonly done: (made: Extract<MakingState, { phase: 'made' }>) => string;
  readonly next?: (workspace: WorkspaceView) => ReactNode;
}

/** How far the work is and the way to stop it; then what came of it, and what was left out. */
export function MakingProgress(properties: MakingProgressProps) {
  const { phase } = properties.state;
  const box = useRef<HTMLDivElement>(null);
  // The button that was pressed goes when the work begins, that to stop it when it ends, and the focus with them.
  useEffect(() => {
    if (phase !== 'idle' && document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, [phase]);
  return (
    <div ref={box} tabIndex={-1} className="outline-none empty:hidden">
      <Phase {...properties} />
    </div>
  );
}

function Phase({ state, onStop, done, next }: MakingProgressProps) {
  const { language, format } = useTexts();
  const texts = useWorkspacesTexts().work;
  if (state.phase === 'idle') return null;
  if (state.phase === 'failed') return <Problem problem={state.problem} />;
  if (state.phase === 'stopped') return <p role="status">{texts.stopped}</p>;
  if (state.phase === 'made')
    return (
      <div role="status" className="border-l-[3px] border-ink pl-4">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <p className="font-semibold">{done(state)}</p>
          {next?.(state.workspace)}
        </div>
        {state.skipped.length > 0 && (
          <div className="mt-2">
            <p className="text-warning">{texts.skipped(format.count(state.skipped.length))}</p>
            <ul className="mt-1 max-h-48 overflow-y-auto text-sm" tabIndex={0} aria-label={texts.skipped(format.count(state.skipped.length))}>
              {state.skipped.map((skipped) => (
                <li key={skipped.file} className="break-words">
                  <span className="font-mono">{skipped.file}</span>: {skippedText(skipped, language)}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    );
  return <Progress state={state} onStop={onStop} />;
}

function Progress({ state, onStop }: { state: Extract<MakingState, { phase: 'sending' | 'working' }>; onStop: () => void }) {
  const { format } = useTexts();
  const texts = useWorkspacesTexts().work;
  const share = state.phase === 'working' && state.total > 0 ? state.done / state.total : 0;
  const label = state.phase === 'sending' ? texts.sending : texts[state.step](format.count(state.done), format.count(state.total));
  // Each step is read out as it begins; a count that follows every file would drown everything else.
  const step = state.phase === 'working' ? state.step : state.phase;
  const [said, setSaid] = useState({ step, label });
  if (said.step !== step) setSaid({ step, label });
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <div className="min-w-0 flex-1 basis-64">
        <p role="status" className="sr-only">
          {said.label}
        </p>
        <p className="tabular-nums">{label}</p>
        <div role="progressbar" aria-label={label} aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100} className="mt-2 h-2 bg-line">
          <div className="h-full bg-ink transition-[width] duration-150" style={{ width: `${share * 100}%` }} />
        </div>
      </div>
      <SecondaryButton onClick={onStop}>{texts.stop}</SecondaryButton>
    </div>
  );
}
