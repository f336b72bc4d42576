'use client';
import { useCallback, useEffect, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { hasEnded, type TrainingOverview } from '@/lib/messages/training.ts';
import { readOverview } from './requests.ts';

/** How often another tab's, or another person's, doing shows here. */
const WHILE_ALIVE_MS = 2_000;
const WHILE_QUIET_MS = 8_000;

/** All runs and the settings there are, asked for again and again while the page is looked at. */
export function useOverview(served: TrainingOverview | null) {
  const [overview, setOverview] = useState(served);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const alive = overview?.runs.some(({ state }) => !hasEnded(state)) ?? false;

  const refresh = useCallback(async () => {
    const outcome = await readOverview();
    setProblem('problem' in outcome ? outcome.problem : null);
    if ('value' in outcome) setOverview(outcome.value);
  }, []);

  useEffect(() => {
    if (served === null) void refresh();
  }, [served, refresh]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const timer = setInterval(look, alive ? WHILE_ALIVE_MS : WHILE_QUIET_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [alive, refresh]);

  return { overview, problem, refresh };
}
