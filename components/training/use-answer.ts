'use client';
import { useEffect, useRef, useState } from 'react';
import type { ApproachId } from '@/lib/answer/events.ts';
import { ask } from '@/lib/stream/ask.ts';
import { heldFor, heldWords, IDLE_PANE, NOTHING_ASKED, reduceComparison, type PaneState } from '../comparison-state.ts';
import { newId } from '../new-id.ts';

/** Who answers: an approach, with an adapter or a checkpoint at a strength. */
export interface Answerer {
  readonly approach: ApproachId;
  readonly workspace: string;
  /** Name of an adapter or `run-XXXXXXXX@STEP`; absent: the workspace's own. */
  readonly adapter?: string;
  /** 0 to 1.5; absent: 1. */
  readonly strength?: number;
}

/** While a slider moves, nothing is asked until it has rested this long. */
const REST_MS = 220;

/**
 * The answer to a question by whoever is chosen. Choosing another ends the answer under way and asks after a short rest. An answer
 * that was finished before is shown at once: decoding is greedy, so it would be the same again.
 *
 * `text` keeps the words of the last answerer to the same question until the next one writes, so that nothing jumps while one moves along.
 */
export function useAnswer(question: string | null, answerer: Answerer): { pane: PaneState; text: string; stale: boolean; retry: () => void } {
  const { approach, workspace, adapter, strength } = answerer;
  const key = JSON.stringify([question, approach, workspace, adapter, strength]);
  const [told, setTold] = useState<{ readonly key: string; readonly pane: PaneState }>({ key: '', pane: IDLE_PANE });
  const [attempt, setAttempt] = useState(0);
  const answered = useRef(new Map<string, PaneState>());

  useEffect(() => {
    if (question === null) return;
    const known = answered.current.get(key);
    if (known) return setTold({ key, pane: known });
    const left = new AbortController();
    const timer = setTimeout(async () => {
      const run = newId();
      // What was told last may be another approach's: only its words are taken over.
      let state = reduceComparison({ ...NOTHING_ASKED, panes: { [approach]: told.pane } }, { type: 'asked', run, text: question, approaches: [approach], at: performance.now(), aside: [approach] });
      const body = { id: run, question, workspace, ...(adapter !== undefined && { adapter }), ...(strength !== undefined && { strength }) };
      for await (const event of ask(approach, body, left.signal)) {
        if (left.signal.aborted) return;
        state = reduceComparison(state, { type: 'told', run, approach, event, at: performance.now() });
        setTold({ key, pane: state.panes[approach]! });
      }
      const pane = state.panes[approach]!;
      if (pane.phase === 'done') answered.current.set(key, pane);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
    // `key` stands for all that is asked.
  }, [key, attempt]);

  const pane: PaneState = told.key === key ? told.pane : question === null ? IDLE_PANE : { ...IDLE_PANE, phase: 'waiting', held: heldFor(question, told.pane) };
  const held = heldWords(pane);
  return { pane, text: pane.answer || held, stale: held !== '', retry: () => setAttempt(attempt + 1) };
}
