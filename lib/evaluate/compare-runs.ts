import type { EvaluationRow, EvaluationRun, RunComparison } from '../messages/evaluation.ts';
import { groupBy } from './group-by.ts';
import { compareMatched, precise, type Matched } from './pairs.ts';
import { mean } from './percentile.ts';
import { holm } from './statistics/tests.ts';
import { armsOf, groupsByKind } from './summarise.ts';

/**
 * Two runs, arm by arm, on the questions that both asked in the same words with the same accepted answers: the second less the first, so
 * that a gain is above 0.
 */
export function compareRuns(before: EvaluationRun, after: EvaluationRun): RunComparison {
  const earlier = groupBy(before.rows, keyOf);
  const later = groupBy(after.rows, keyOf);
  const shared = [...later].flatMap(([key, rows]) => (earlier.has(key) ? [{ key, rows }] : []));
  const arms = armsOf(after.rows).filter((arm) => armsOf(before.rows).includes(arm));
  const compared = groupsByKind(shared.map(({ rows }) => rows[0])).flatMap(({ name: group, rows: ofGroup }) =>
    arms.flatMap((arm) => {
      const share = (rows: readonly EvaluationRow[]): number | null => mean(rows.flatMap((row) => (row.arms[arm] ? [Number(row.arms[arm].right)] : [])));
      const matched = ofGroup.flatMap((row): Matched[] => {
        const [first, second] = [share(later.get(keyOf(row))!), share(earlier.get(keyOf(row))!)];
        return first === null || second === null ? [] : [{ cluster: row.cluster, first, second }];
      });
      if (matched.length === 0) return [];
      const { n, difference, onlyFirst, onlySecond, p } = compareMatched(matched);
      return [{ arm, group, n, accuracy: [mean(matched.map(({ second }) => second))!, mean(matched.map(({ first }) => first))!] as const, difference, onlyFirst: onlySecond, onlySecond: onlyFirst, p }];
    }),
  );
  const corrected = holm(compared.map(({ p }) => p));
  return { shared: shared.length, entries: compared.map((entry, index) => ({ ...entry, p: precise(entry.p), pHolm: precise(corrected[index]) })) };
}

/** A question is the same while its words and what is accepted are. */
const keyOf = ({ question, answers }: EvaluationRow): string => JSON.stringify([question, answers]);
