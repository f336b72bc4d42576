import { openRun } from '@/lib/evaluate/runs.ts';
import type { EvaluationRun, RunSummary } from '@/lib/messages/evaluation.ts';

export interface RunContext {
  readonly params: Promise<{ run: string }>;
}

export const runOf = async ({ params }: RunContext): Promise<EvaluationRun> => openRun((await params).run);

/** A run without its rows, which may be many. */
export function summaryOf({ rows: _, ...summary }: EvaluationRun): RunSummary {
  return summary;
}
