import type { ApproachId } from '../answer/events.ts';
import type { Agreement, ArmProvenance, EvaluationRow, EvaluationRun } from '../messages/evaluation.ts';
import type { Journal } from './journal.ts';
import { comparePairs } from './pairs.ts';
import { countLeaks, summarise } from './summarise.ts';

/** What the answers of a run come to. `finishedAt`: `null` for a run that was stopped. */
export function sumUp({ header, rows, provenance }: Pick<Journal, 'header' | 'rows' | 'provenance'>, finishedAt: string | null): EvaluationRun {
  return {
    header,
    finishedAt,
    answered: rows.length,
    provenance,
    leaks: rows.length === 0 ? [] : countLeaks(rows),
    agreement: agreementOf(rows),
    scores: summarise(rows),
    pairs: comparePairs(rows),
    rows,
  };
}

/** The arms whose weights or index became others while the run went on: their scores are of no one thing. */
export const mixedArms = (provenance: EvaluationRun['provenance']): ApproachId[] =>
  (Object.entries(provenance) as [ApproachId, ArmProvenance][]).flatMap(([arm, { model, adapters, stacks = [], index }]) => {
    // All that older files tell: one adapter under two hashes. Two names may have acted together.
    const names = adapters.map((adapter) => adapter.slice(0, adapter.lastIndexOf(':')));
    return model.length > 1 || index.length > 1 || stacks.length > 1 || new Set(names).size < names.length ? [arm] : [];
  });

/** Whether the page showed what the arms answered; `null` when it was not asked. White space is the browser's to set. */
function agreementOf(rows: readonly EvaluationRow[]): Agreement | null {
  const shown = rows.flatMap(({ id, arms }) => (Object.entries(arms) as [ApproachId, { answer: string; onPage?: string }][]).flatMap(([arm, { answer, onPage }]) => (onPage === undefined ? [] : [{ id, arm, direct: answer, page: onPage }])));
  if (shown.length === 0) return null;
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const differing = shown.filter(({ direct, page }) => plain(direct) !== plain(page));
  return { answers: shown.length, same: shown.length - differing.length, differing };
}
