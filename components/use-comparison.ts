'use client';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { isTaught, type ApproachId } from '@/lib/answer/events.ts';
import { ask as askRoute, type AskOptions } from '@/lib/stream/ask.ts';
import { LOOKING_UP } from './arms.ts';
import { NOTHING_ASKED, reduceComparison } from './comparison-state.ts';
import { newId } from './new-id.ts';

/** Asks every approach the same question at the same moment and keeps what they tell. */
export function useComparison(approaches: readonly ApproachId[]) {
  const [state, dispatch] = useReducer(reduceComparison, NOTHING_ASKED);
  const running = useRef(new Map<ApproachId, AbortController>());

  const ask = useCallback(
    (text: string, only: readonly ApproachId[] = approaches, options: AskOptions = {}) => {
      const id = newId();
      const varied = options.adapter !== undefined || options.strength !== undefined;
      dispatch({ type: 'asked', run: id, text, approaches: only, at: performance.now(), aside: varied ? only.filter(isTaught) : [] });
      for (const approach of only) void listen(approach);

      async function listen(approach: ApproachId) {
        running.current.get(approach)?.abort();
        const controller = new AbortController();
        running.current.set(approach, controller);
        for await (const event of askRoute(approach, { id, question: text, ...options }, controller.signal))
          dispatch({ type: 'told', run: id, approach, event, at: performance.now() });
      }
    },
    [approaches],
  );

  const abort = useCallback((only?: readonly ApproachId[]) => {
    for (const [approach, controller] of running.current) if (only?.includes(approach) ?? true) controller.abort();
  }, []);
  /** Ends the answers on their way: all, or those of the arms given. */
  const stop = useCallback(
    (only?: readonly ApproachId[]) => {
      abort(only);
      dispatch({ type: 'stopped', approaches: only });
    },
    [abort],
  );

  const recordIndexing = useCallback((seconds: number) => dispatch({ type: 'fact-indexed', approaches: LOOKING_UP, seconds }), []);

  useEffect(() => () => abort(), [abort]);
  return { state, ask, stop, recordIndexing };
}
