import { isWorking, type TrainingRunSummary } from '@/lib/messages/training.ts';

/** Which run a visitor came to see: the one at work, otherwise the newest. */
export const foremost = (runs: readonly TrainingRunSummary[]): TrainingRunSummary | null => runs.find(({ state }) => isWorking(state)) ?? runs[0] ?? null;
