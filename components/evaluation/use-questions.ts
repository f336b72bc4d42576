'use client';
import { useEffect, useState } from 'react';
import type { AnswerProblem, ApproachId } from '@/lib/answer/events.ts';
import type { QuestionPage, Standing } from '@/lib/messages/evaluation.ts';

export const PAGE_ROWS = 20;
/** As long as someone is typing the search waits. */
const TYPING_MS = 250;

export interface QuestionChoice {
  readonly first: ApproachId;
  readonly second: ApproachId;
  readonly standing: Standing | '';
  readonly kind: string;
  readonly language: string;
  readonly search: string;
  readonly offset: number;
}

/** The questions of a run that a person has chosen, a page at a time; the one before stays until the next has come. */
export function useQuestions(run: string, choice: QuestionChoice): { readonly page: QuestionPage | null; readonly problem: AnswerProblem | null; readonly loading: boolean } {
  const address = `/api/evaluation/${encodeURIComponent(run)}/questions?${new URLSearchParams(
    Object.entries({ ...choice, limit: PAGE_ROWS }).flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])),
  )}`;
  const [state, setState] = useState<{ readonly address: string; readonly page: QuestionPage | null; readonly problem: AnswerProblem | null }>({ address: '', page: null, problem: null });
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(address, { signal: controller.signal });
        const body = await response.json();
        setState((before) => (response.ok ? { address, page: body, problem: null } : { address, page: before.page, problem: body.error ?? body }));
      } catch (error) {
        if (!controller.signal.aborted) setState((before) => ({ address, page: before.page, problem: { code: 'connection-lost', message: (error as Error).message } }));
      }
    }, choice.search === '' ? 0 : TYPING_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [address, choice.search]);
  return { page: state.page, problem: state.problem, loading: state.address !== address };
}
