'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { MakingEvent } from '@/lib/messages/workspaces.ts';
import { make, type Making } from './requests.ts';

export type MakingState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending' }
  | { readonly phase: 'stopped' }
  | ({ readonly phase: 'working' } & Pick<Extract<MakingEvent, { type: 'progress' }>, 'step' | 'done' | 'total'>)
  | { readonly phase: 'failed'; readonly problem: AnswerProblem }
  | ({ readonly phase: 'made' } & Omit<Extract<MakingEvent, { type: 'made' }>, 'type'>);

/** One piece of work at a time: making, importing or adding to a workspace. Leaving the page stops it. */
export function useMaking(onMade: () => void) {
  const [state, setState] = useState<MakingState>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);

  const start = useCallback(
    async (making: Making) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setState({ phase: 'sending' });
      for await (const event of make(making, controller.signal)) {
        if (controller.signal.aborted) return;
        if (event.type === 'progress') setState({ phase: 'working', step: event.step, done: event.done, total: event.total });
        else if (event.type === 'failed') setState({ phase: 'failed', problem: event.problem });
        else {
          const { workspace, documents, chunks, skipped } = event;
          setState({ phase: 'made', workspace, documents, chunks, skipped });
          onMade();
        }
      }
    },
    [onMade],
  );

  const stop = useCallback(() => {
    running.current?.abort();
    setState({ phase: 'stopped' });
  }, []);

  useEffect(() => () => running.current?.abort(), []);
  return { state, start, stop, busy: state.phase === 'sending' || state.phase === 'working' };
}
