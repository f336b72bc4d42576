/** The figures of a committed run that the page's table has a place for. */
import path from 'node:path';
import type { CommittedFigure, FigureId } from '../answer/comparison.ts';
import type { ApproachId } from '../answer/events.ts';
import { APPROACH_DESCRIPTIONS } from '../approaches/descriptions.ts';
import { workspaceAdapter } from '../approaches/index.ts';
import { readAdapterSummary } from '../generate/adapters.ts';
import type { ArmProvenance, EvaluationRow, EvaluationRun, MetricId } from '../messages/evaluation.ts';
import { modelsDirectory } from '../system/paths.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { percentile } from './percentile.ts';
import { armsOf } from './summarise.ts';

/** Where the page looks for the figures of a workspace. */
export const figuresFile = (workspace: string): string => path.join(modelsDirectory(), 'workspaces', workspace, 'figures.json');

/** Writes what a workspace's run came to beside the workspace. */
export async function writeFigures(run: EvaluationRun): Promise<void> {
  const { subject, settings } = run.header;
  const { trainingSeconds } = await readAdapterSummary(settings.adapter ?? (await workspaceAdapter(subject.workspace!)));
  await writeFileAtomically(figuresFile(subject.workspace!), `${JSON.stringify(committedFigures(run, trainingSeconds), null, 2)}\n`);
}

/** Of each figure the metric and the group of questions it is taken from. */
const SOURCES: readonly { readonly id: FigureId; readonly metric: MetricId; readonly group: string }[] = [
  { id: 'held-out-score', metric: 'accuracy', group: 'held-out' },
  { id: 'untrained-score', metric: 'accuracy', group: 'document-only' },
  { id: 'changed-score', metric: 'accuracy', group: 'changed' },
  { id: 'refusal-score', metric: 'refusal-recall', group: 'all' },
  { id: 'recall-at-5', metric: 'recall-at-5', group: 'all' },
  { id: 'query-ms', metric: 'retrieval-ms', group: 'all' },
];

/** Arms that know from training alone answer a changed fact only after training again. */
const TAUGHT_ONLY: ReadonlySet<ApproachId> = new Set(['fine-tuned']);

/** The same whichever adapter answers. */
const OF_SEARCH: ReadonlySet<FigureId> = new Set(['recall-at-5', 'query-ms']);

/** Hash of the adapter on top in a taught arm, the lowest of a stack being named first; of several, when it changed during the run, all: no one adapter's. */
function taughtAdapter(approach: ApproachId, answered: ArmProvenance | undefined): { readonly adapter?: string } {
  if (!answered || !APPROACH_DESCRIPTIONS.find(({ id }) => id === approach)!.taught) return {};
  const { adapters, stacks = adapters.slice(-1) } = answered;
  const hashes = stacks.map((stack) => stack.slice(stack.lastIndexOf(':') + 1));
  return { adapter: [...new Set(hashes)].join(' ') };
}

/** `trainingSeconds`: what it took to train the adapter; a changed fact costs the taught arm that. `null` when unknown. */
export function committedFigures({ header, scores, rows, provenance }: EvaluationRun, trainingSeconds: number | null): CommittedFigure[] {
  const origin = { command: header.command, measuredAt: header.startedAt.slice(0, 10) };
  return armsOf(rows).flatMap((approach): CommittedFigure[] => {
    const adapter = taughtAdapter(approach, provenance[approach]);
    const measured = SOURCES.flatMap(({ id, metric, group }) => {
      const estimate = scores.find((each) => each.arm === approach && each.group === group)?.metrics[metric];
      return estimate?.value == null ? [] : [{ id, approach, value: estimate.value, n: estimate.n, ...origin, ...(!OF_SEARCH.has(id) && adapter) }];
    });
    const update = TAUGHT_ONLY.has(approach) ? { value: trainingSeconds, n: 1 } : updateSeconds(rows, approach);
    return update.value === null ? measured : [...measured, { id: 'update-seconds', approach, value: update.value, n: update.n, ...origin, ...adapter }];
  });
}

/** From saving a changed document to the end of the arm's answer, the median. An arm that does not look it up never takes notice. */
function updateSeconds(rows: readonly EvaluationRow[], approach: ApproachId): { readonly value: number | null; readonly n: number } {
  const seconds = rows.flatMap(({ updateMs, arms }) => {
    const answer = arms[approach];
    return updateMs === undefined || !answer?.reads || !answer.timings ? [] : [(updateMs + answer.timings.totalMs) / 1000];
  });
  return { value: percentile(seconds, 0.5), n: seconds.length };
}
