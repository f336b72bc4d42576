'use client';
import { useEffect, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { foldRun } from '@/lib/messages/training-fold.ts';
import { hasEnded, type RunEvent, type TrainingRunDetail } from '@/lib/messages/training.ts';
import { readRun } from './requests.ts';

const AGAIN_MS = 1_500;

/**
 * One run as it goes on: fetched once, then folded from its events. The stream is open only while the page is looked at, because a
 * browser keeps six connections to a server and every tab would hold one.
 *
 * @param alive whether the run may still tell something; turning true again (a resumed run) opens the stream again.
 */
export function useRun(id: string | null, alive: boolean, served: TrainingRunDetail | null) {
  const [run, setRun] = useState(served);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const visible = useVisible();

  useEffect(() => {
    if (id === null || !visible) return;
    const left = new AbortController();
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;
    let waiting: RunEvent[] = [];

    const again = () => {
      source?.close();
      timer = setTimeout(() => void begin(), AGAIN_MS);
    };
    const draw = () => {
      frame = 0;
      const events = waiting;
      waiting = [];
      setRun((before) => (before?.id === id ? events.reduce(foldRun, before) : before));
    };
    async function begin() {
      const outcome = await readRun(id!, left.signal);
      if (left.signal.aborted) return;
      if ('problem' in outcome) {
        setProblem(outcome.problem);
        if (outcome.problem.code === 'unreachable') again();
        return;
      }
      setProblem(null);
      setRun(outcome.value);
      if (hasEnded(outcome.value.state)) return;
      source = new EventSource(`/api/training/${id}/events?after=${outcome.value.lastEvent}`);
      source.onmessage = ({ data }) => {
        waiting.push(JSON.parse(data) as RunEvent);
        // Steps may come faster than the screen is drawn.
        frame ||= requestAnimationFrame(draw);
      };
      // Also when the run has ended: what is fetched then says so.
      source.onerror = again;
    }
    void begin();
    return () => {
      left.abort();
      source?.close();
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  }, [id, alive, visible]);

  return { run: run?.id === id ? run : null, problem };
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}
