/** Arms against each other, two at a time, on the same questions. */
import type { ApproachId } from '../answer/events.ts';
import type { EvaluationRow, PairResult } from '../messages/evaluation.ts';
import { groupBy } from './group-by.ts';
import { finelyRounded, mean } from './percentile.ts';
import { differenceInterval } from './statistics/bootstrap.ts';
import { holm, mcNemarExact, signFlip, smallestDifference } from './statistics/tests.ts';
import { armsOf, groupsByKind } from './summarise.ts';

/** Two verdicts on one question, each the share of seeds that were right. */
export interface Matched {
  readonly cluster: string;
  readonly first: number;
  readonly second: number;
}

export type Comparison = Omit<PairResult, 'first' | 'second' | 'group' | 'pHolm'>;

/** Every pair of arms over all questions and by kind. */
export function comparePairs(rows: readonly EvaluationRow[]): PairResult[] {
  const arms = armsOf(rows);
  const compared = groupsByKind(rows).flatMap(({ name: group, rows: ofGroup }) =>
    arms.flatMap((first, at) => arms.slice(at + 1).flatMap((second) => {
      const matched = matchArms(ofGroup, first, second);
      return matched.length === 0 ? [] : [{ first, second, group, ...compareMatched(matched) }];
    })),
  );
  return withHolm(compared.map((pair) => ({ ...pair, p: precise(pair.p) })));
}

/**
 * Holm's correction over all of the comparisons given. It is of the p over facts: phrasings of one fact are right or wrong together, and
 * McNemar's test takes each for a witness of its own.
 */
export function withHolm<Each extends { readonly pClustered: number }>(compared: readonly Each[]): (Each & { readonly pHolm: number })[] {
  const corrected = holm(compared.map(({ pClustered }) => pClustered));
  return compared.map((each, index) => ({ ...each, pHolm: precise(corrected[index]) }));
}

function matchArms(rows: readonly EvaluationRow[], first: ApproachId, second: ApproachId): Matched[] {
  const byQuestion = groupBy(rows.filter((row) => row.arms[first] && row.arms[second]), ({ id }) => id);
  return [...byQuestion.values()].map((ofQuestion) => ({
    cluster: ofQuestion[0].cluster,
    first: mean(ofQuestion.map((row) => Number(row.arms[first]!.right)))!,
    second: mean(ofQuestion.map((row) => Number(row.arms[second]!.right)))!,
  }));
}

/** With several seeds a question counts as right for McNemar's test when most of its answers are. */
export function compareMatched(matched: readonly Matched[]): Comparison {
  const right = (share: number): boolean => share > 0.5;
  const count = (first: boolean, second: boolean): number => matched.filter((each) => right(each.first) === first && right(each.second) === second).length;
  const clusters = [...groupBy(matched, ({ cluster }) => cluster).values()].map((ofCluster) => {
    const sum = (read: (each: Matched) => number) => ({ numerator: ofCluster.reduce((total, each) => total + read(each), 0), denominator: ofCluster.length });
    return { first: sum(({ first }) => first), second: sum(({ second }) => second) };
  });
  const { value, low, high, standardError } = differenceInterval(clusters);
  const [onlyFirst, onlySecond] = [count(true, false), count(false, true)];
  return {
    n: matched.length,
    clusters: clusters.length,
    bothRight: count(true, true),
    onlyFirst,
    onlySecond,
    bothWrong: count(false, false),
    difference: { value: finelyRounded(value), low: finelyRounded(low), high: finelyRounded(high) },
    p: mcNemarExact(onlyFirst, onlySecond),
    pClustered: precise(signFlip(clusters.map(({ first, second }) => first.numerator - second.numerator))),
    smallestDifference: finelyRounded(smallestDifference(standardError, matched.length)),
  };
}

/** A tiny p keeps its digits. */
export const precise = (p: number): number => Number(p.toPrecision(4));
