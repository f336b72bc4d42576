/** The figures of a committed run that the page's table has a place for. */
import type { CommittedFigure, FigureId } from '../answer/comparison.ts';
import type { ApproachId } from '../answer/events.ts';
import type { ChangeResult } from './changes.ts';
import { mean, percentile } from './percentile.ts';
import type { ArmSum, ScoreSum } from './types.ts';

export interface FigureSource {
  readonly command: string;
  readonly startedAt: string;
  readonly sums: Readonly<Partial<Record<ApproachId, ArmSum>>>;
  readonly changes: readonly ChangeResult[];
  /** Seconds to train the adapter of the taught arms; a changed fact costs them that. `null` when unknown. */
  readonly trainingSeconds: number | null;
}

/** Arms that know from training alone answer a changed fact only after training again. */
const TAUGHT: ReadonlySet<ApproachId> = new Set(['fine-tuned']);

export function committedFigures({ command, startedAt, sums, changes, trainingSeconds }: FigureSource): CommittedFigure[] {
  const figures: CommittedFigure[] = [];
  for (const [approach, { all, byKind }] of Object.entries(sums) as [ApproachId, ArmSum][]) {
    const tell = (id: FigureId, value: number | null | undefined, n: number): void => {
      if (value !== null && value !== undefined && n > 0) figures.push({ id, approach, value, n, command, measuredAt: startedAt.slice(0, 10) });
    };
    const kind = (name: string): ScoreSum | undefined => byKind[name];
    tell('held-out-score', kind('held-out')?.equivalent, kind('held-out')?.answerable ?? 0);
    tell('untrained-score', kind('document-only')?.equivalent, kind('document-only')?.answerable ?? 0);
    tell('refusal-score', all.refusal.recall, kind('unanswerable')?.questions ?? 0);
    tell('recall-at-5', all.recallAt5, all.recallAt5 === null ? 0 : all.answerable);
    tell('query-ms', all.retrievalMs.p50, all.questions);
    const changed = changes.flatMap(({ arms }) => arms[approach] ?? []);
    tell('changed-score', mean(changed.map(({ follows }) => Number(follows))), changed.length);
    if (TAUGHT.has(approach)) tell('update-seconds', trainingSeconds, 1);
    else tell('update-seconds', inSeconds(percentile(changes.flatMap(({ answeredMs }) => answeredMs[approach] ?? []), 0.5)), changed.length);
  }
  return figures;
}

const inSeconds = (milliseconds: number | null): number | null => (milliseconds === null ? null : milliseconds / 1000);
