import type { EvaluationRow, EvaluationRun, RunComparison } from '../messages/evaluation.ts';
import { groupBy } from './group-by.ts';
import { compareMatched, precise, withHolm, type Matched } from './pairs.ts';
import { mean } from './percentile.ts';
import { armsOf, groupsByKind } from './summarise.ts';

/**
 * Two runs, arm by arm, on the questions that both asked and marked alike: the second less the first, so that a gain is above 0. Under a kind stand only
 * questions of that kind in both: one that was trained for one run and not for the other would show a change of the training as one of the answering.
 */
export function compareRuns(before: EvaluationRun, after: EvaluationRun): RunComparison {
  // A run older than the mark knows its rules by the accepted answers only.
  const marked = [...before.rows, ...after.rows].every(({ marking }) => marking !== undefined);
  const keyOf = ({ id, question, answers, documents, marking }: EvaluationRow): string => JSON.stringify([id, question, answers, documents, ...(marked ? [marking] : [])]);
  const earlier = groupBy(before.rows, keyOf);
  const later = groupBy(after.rows, keyOf);
  const shared = [...later].flatMap(([key, rows]) => (earlier.has(key) ? [{ key, rows }] : []));
  const arms = armsOf(after.rows).filter((arm) => armsOf(before.rows).includes(arm));
  const isOfOneKind = (row: EvaluationRow): boolean => earlier.get(keyOf(row))![0].kind === row.kind;
  const asked = shared.map(({ rows }) => rows[0]);
  const [all] = groupsByKind(asked);
  const [, ...kinds] = groupsByKind(asked.filter(isOfOneKind));
  const compared = [all, ...kinds].flatMap(({ name: group, rows: ofGroup }) =>
    arms.flatMap((arm) => {
      const share = (rows: readonly EvaluationRow[]): number | null => mean(rows.flatMap((row) => (row.arms[arm] ? [Number(row.arms[arm].right)] : [])));
      const matched = ofGroup.flatMap((row): Matched[] => {
        const [first, second] = [share(later.get(keyOf(row))!), share(earlier.get(keyOf(row))!)];
        return first === null || second === null ? [] : [{ cluster: row.cluster, first, second }];
      });
      if (matched.length === 0) return [];
      const { n, difference, onlyFirst, onlySecond, p, pClustered } = compareMatched(matched);
      return [{ arm, group, n, accuracy: [mean(matched.map(({ second }) => second))!, mean(matched.map(({ first }) => first))!] as const, difference, onlyFirst: onlySecond, onlySecond: onlyFirst, p: precise(p), pClustered }];
    }),
  );
  return { shared: shared.length, otherMarking: countOtherMarking(before.rows, after.rows, marked), otherKind: asked.filter((row) => !isOfOneKind(row)).length, otherCode: before.header.code.hash !== after.header.code.hash, entries: withHolm(compared) };
}

/** How many questions both runs asked in the same words and held against something else. */
function countOtherMarking(before: readonly EvaluationRow[], after: readonly EvaluationRow[], marked: boolean): number {
  const byWords = (rows: readonly EvaluationRow[]) => new Map(rows.map((row) => [JSON.stringify([row.id, row.question]), marked ? row.marking : JSON.stringify(row.answers)]));
  const earlier = byWords(before);
  return [...byWords(after)].filter(([words, marking]) => earlier.has(words) && earlier.get(words) !== marking).length;
}
