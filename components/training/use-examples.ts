'use client';
import { useCallback, useEffect, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { ExampleList, ExampleSplit } from '@/lib/messages/examples.ts';
import { listExamples } from './requests.ts';
import { PAGE_ROWS } from './rows.ts';

/** While one types, nothing is searched until the keys have rested this long. */
const REST_MS = 180;

/**
 * One page of a workspace's examples of one kind.
 * @param version another number asks again, after a change.
 */
export function useExamples(workspace: string, split: ExampleSplit, search: string, version: number, served: ExampleList | null) {
  const [list, setList] = useState(served);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const [page, setPage] = useState(0);
  const [searched, setSearched] = useState(search);

  useEffect(() => {
    if (search === searched) return;
    const timer = setTimeout(() => {
      setSearched(search);
      setPage(0);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [search, searched]);
  useEffect(() => setPage(0), [workspace]);

  const load = useCallback(
    async (signal: AbortSignal) => {
      const outcome = await listExamples({ workspace, split, search: searched, offset: page * PAGE_ROWS, limit: PAGE_ROWS }, signal);
      if (signal.aborted) return;
      setProblem('problem' in outcome ? outcome.problem : null);
      if (!('value' in outcome)) return;
      setList(outcome.value);
      // The last row of the last page may have been deleted.
      const last = Math.max(0, Math.ceil(outcome.value.matching / PAGE_ROWS) - 1);
      if (page > last) setPage(last);
    },
    [workspace, split, searched, page],
  );
  useEffect(() => {
    const left = new AbortController();
    void load(left.signal);
    return () => left.abort();
  }, [load, version]);

  const pages = list ? Math.max(1, Math.ceil(list.matching / PAGE_ROWS)) : 1;
  return { list, problem, page, pages, setPage };
}
