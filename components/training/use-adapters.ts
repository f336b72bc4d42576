'use client';
import { useCallback, useEffect, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { AdapterList, AdapterView } from '@/lib/messages/adapters.ts';
import { listAdapters } from './requests.ts';

/** The adapters there are; `version` asks again when something has changed them. */
export function useAdapters(served: AdapterList | null, version: string) {
  const [adapters, setAdapters] = useState<readonly AdapterView[]>(served?.adapters ?? []);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const refresh = useCallback(async () => {
    const outcome = await listAdapters();
    setProblem('problem' in outcome ? outcome.problem : null);
    if ('value' in outcome) setAdapters(outcome.value.adapters);
  }, []);
  useEffect(() => void refresh(), [refresh, version]);
  return { adapters, problem, refresh };
}
