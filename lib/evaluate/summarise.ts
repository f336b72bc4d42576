import type { AnswerTimings, ApproachId, Language } from '../answer/events.ts';
import { mean, percentile } from './percentile.ts';
import { refusalScores } from './refusal.ts';
import type { ArmSum, ScoredAnswer, ScoredQuestion, ScoreSum, Spread } from './types.ts';

interface Row {
  readonly question: ScoredQuestion;
  readonly scored: ScoredAnswer;
}

/** The sums of each arm: over all questions, by kind and by language. */
export function summarise(questions: readonly ScoredQuestion[]): Partial<Record<ApproachId, ArmSum>> {
  const arms = [...new Set(questions.flatMap((question) => Object.keys(question.arms) as ApproachId[]))];
  return Object.fromEntries(
    arms.map((arm) => {
      const rows = questions.flatMap((question) => (question.arms[arm] ? [{ question, scored: question.arms[arm] }] : []));
      return [arm, { all: sum(rows), byKind: sumBy(rows, (question) => question.kind), byLanguage: sumBy<Language>(rows, (question) => question.language) }];
    }),
  );
}

function sumBy<Key extends string>(rows: readonly Row[], keyOf: (question: ScoredQuestion) => Key): Record<Key, ScoreSum> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.question);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return Object.fromEntries([...groups].map(([key, group]) => [key, sum(group)])) as Record<Key, ScoreSum>;
}

function sum(rows: readonly Row[]): ScoreSum {
  const scored = rows.map((row) => row.scored);
  const known = (read: (answer: ScoredAnswer) => number | boolean | null): number[] => scored.map(read).filter((value) => value !== null).map(Number);
  const timing = (name: keyof AnswerTimings): Spread => {
    const values = scored.map((answer) => answer.timings?.[name]).filter((value) => value != null);
    return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
  };
  return {
    questions: rows.length,
    answerable: rows.filter((row) => row.question.answers.length > 0).length,
    failures: scored.filter((answer) => answer.problem !== null).length,
    exactMatch: mean(known((answer) => answer.exactMatch)),
    f1: mean(known((answer) => answer.f1)),
    equivalent: mean(known((answer) => answer.equivalent)),
    refusal: refusalScores(rows.map((row) => ({ answerable: row.question.answers.length > 0, refused: row.scored.refused }))),
    recallAt1: mean(known((answer) => answer.recallAt1)),
    recallAt5: mean(known((answer) => answer.recallAt5)),
    meanReciprocalRank: mean(known((answer) => answer.reciprocalRank)),
    timeToFirstTokenMs: timing('timeToFirstTokenMs'),
    totalMs: timing('totalMs'),
    retrievalMs: timing('retrievalMs'),
    tokensPerSecond: timing('tokensPerSecond'),
  };
}
