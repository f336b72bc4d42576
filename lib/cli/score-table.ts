import type { ApproachId } from '../answer/events.ts';
import type { ArmSum, ScoreSum } from '../evaluate/types.ts';
import { textTable } from './text-table.ts';

const share = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
const seconds = (milliseconds: number | null): string => (milliseconds === null ? '–' : (milliseconds / 1000).toFixed(2));

const COLUMNS: readonly { readonly name: string; readonly read: (sum: ScoreSum) => string }[] = [
  { name: 'n', read: (sum) => String(sum.questions) },
  { name: 'exact', read: (sum) => share(sum.exactMatch) },
  { name: 'equivalent', read: (sum) => share(sum.equivalent) },
  { name: 'F1', read: (sum) => share(sum.f1) },
  { name: 'recall@1', read: (sum) => share(sum.recallAt1) },
  { name: 'recall@5', read: (sum) => share(sum.recallAt5) },
  { name: 'refusal recall', read: (sum) => share(sum.refusal.recall) },
  { name: 'refusal precision', read: (sum) => share(sum.refusal.precision) },
  { name: 'first token s', read: (sum) => seconds(sum.timeToFirstTokenMs.p50) },
  { name: 'total s p50', read: (sum) => seconds(sum.totalMs.p50) },
  { name: 'total s p95', read: (sum) => seconds(sum.totalMs.p95) },
  { name: 'failed', read: (sum) => String(sum.failures) },
];

/** The sums of every arm, over all questions and by kind; a dash where nothing stands behind a figure. */
export function scoreTable(sums: Readonly<Partial<Record<ApproachId, ArmSum>>>): string {
  const rows = Object.entries(sums).flatMap(([arm, { all, byKind }]) => [
    [arm, 'all', ...COLUMNS.map(({ read }) => read(all))],
    ...Object.entries(byKind).map(([kind, sum]) => ['', kind, ...COLUMNS.map(({ read }) => read(sum))]),
  ]);
  return textTable(['arm', 'kind', ...COLUMNS.map(({ name }) => name)], rows, 2);
}
