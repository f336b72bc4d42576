import type { ApproachId } from '../answer/events.ts';
import { QUESTION_KINDS, type Estimate, type EvaluationRow, type GroupScores, type Inapplicable, type LeakCount, type MetricId, type ScoredAnswer } from '../messages/evaluation.ts';
import { SHARES, TIMINGS, type Share, type Timing } from './metrics.ts';
import { finelyRounded, mean, percentile } from './percentile.ts';
import { medianInterval, ratioInterval, type Part } from './statistics/bootstrap.ts';

export interface Group {
  readonly name: string;
  readonly rows: readonly EvaluationRow[];
}

/** Every arm's scores over all questions, by kind and by language. */
export function summarise(rows: readonly EvaluationRow[]): GroupScores[] {
  const groups = [...groupsByKind(rows), ...[...new Set(rows.map(({ language }) => language))].sort().map((language) => ({ name: `language:${language}`, rows: rows.filter((row) => row.language === language) }))];
  return armsOf(rows).flatMap((arm) => groups.map((group) => groupScores(arm, group)));
}

/** The product's kinds first, in their order, then a person's own as they come; `all` before them. */
export function groupsByKind(rows: readonly EvaluationRow[]): Group[] {
  const order = (kind: string): number => (QUESTION_KINDS as readonly string[]).indexOf(kind) >>> 0;
  const kinds = [...new Set(rows.map(({ kind }) => kind))].sort((one, other) => order(one) - order(other));
  return [{ name: 'all', rows }, ...kinds.map((kind) => ({ name: kind, rows: rows.filter((row) => row.kind === kind) }))];
}

export const armsOf = (rows: readonly EvaluationRow[]): ApproachId[] => [...new Set(rows.flatMap(({ arms }) => Object.keys(arms) as ApproachId[]))];

/** One arm's scores over one group of questions. */
function groupScores(arm: ApproachId, { name, rows }: Group): GroupScores {
  const answers = rows.flatMap((row) => (row.arms[arm] ? [{ row, answer: row.arms[arm] }] : []));
  const questions = new Set(answers.map(({ row }) => row.id)).size;
  const shares = (Object.keys(SHARES) as Share[]).map((id) => [id, id === 'refusal-precision' && oneKind(rows) ? inapplicable('one-kind-only') : shareOf(id, answers)] as const);
  const timings = (Object.keys(TIMINGS) as Timing[]).map((id) => [id, timingOf(id, answers)] as const);
  return {
    arm,
    group: name,
    questions,
    ...(answers.length > questions && { answers: answers.length }),
    failures: answers.filter(({ answer }) => answer.problem).length,
    metrics: Object.fromEntries([...shares, ...timings]) as Partial<Record<MetricId, Estimate>>,
  };
}

interface Answered {
  readonly row: EvaluationRow;
  readonly answer: ScoredAnswer;
}

const inapplicable = (reason: Inapplicable): Estimate => ({ value: null, reason });

/** Refusals are precise only where some questions have an answer and some have none. */
const oneKind = (rows: readonly EvaluationRow[]): boolean => new Set(rows.map(({ answers }) => answers.length > 0)).size < 2;

function shareOf(id: Share, answers: readonly Answered[]): Estimate {
  const read = answers.map(({ row, answer }) => ({ row, part: SHARES[id](answer, row) }));
  const counted = read.filter((each): each is { row: EvaluationRow; part: Part } => typeof each.part !== 'string');
  const interval = ratioInterval([...addedUp(counted, ({ row }) => row.cluster).values()]);
  if (interval === null) return inapplicable((read[0]?.part as Inapplicable | undefined) ?? 'no-answerable-question');
  return { ...rounded(interval), n: counted.reduce((sum, { part }) => sum + part.denominator, 0), clusters: interval.clusters, ...deviation(counted) };
}

/** What is counted, added up by a key. */
function addedUp<Each extends { readonly part: Part }>(counted: readonly Each[], keyOf: (each: Each) => string | number): Map<string | number, Part> {
  const sums = new Map<string | number, Part>();
  for (const each of counted) {
    const sum = sums.get(keyOf(each)) ?? { numerator: 0, denominator: 0 };
    sums.set(keyOf(each), { numerator: sum.numerator + each.part.numerator, denominator: sum.denominator + each.part.denominator });
  }
  return sums;
}

/** How far the figure moves from seed to seed: the standard deviation; nothing with one seed. */
function deviation(counted: readonly { readonly row: EvaluationRow; readonly part: Part }[]): { seedDeviation?: number } {
  const bySeed = [...addedUp(counted, ({ row }) => row.seed).values()].map(({ numerator, denominator }) => numerator / denominator);
  if (bySeed.length < 2) return {};
  const average = mean(bySeed)!;
  return { seedDeviation: finelyRounded(Math.sqrt(bySeed.reduce((sum, value) => sum + (value - average) ** 2, 0) / (bySeed.length - 1))) };
}

function timingOf(id: Timing, answers: readonly Answered[]): Estimate {
  const values = answers.map(({ answer }) => TIMINGS[id](answer)).filter((value) => value != null);
  const interval = medianInterval(values);
  if (interval === null) return inapplicable(untimed(id, answers));
  return { ...rounded(interval), n: values.length, clusters: values.length, p95: finelyRounded(percentile(values, 0.95)!) };
}

function untimed(id: Timing, answers: readonly Answered[]): Inapplicable {
  if (id === 'retrieval-ms' && answers.every(({ answer }) => !answer.reads)) return 'reads-no-passages';
  return id === 'tokens-per-second' && answers.some(({ answer }) => answer.timings && answer.drafts) ? 'chosen-from-two' : 'not-timed';
}

const rounded = ({ value, low, high }: { value: number; low: number; high: number }) => ({ value: finelyRounded(value), low: finelyRounded(low), high: finelyRounded(high) });

/** Of each kind as it was meant, how many questions stand in the training data. */
export function countLeaks(rows: readonly EvaluationRow[]): LeakCount[] {
  const first = rows.filter(({ seed }) => seed === rows[0].seed);
  return [...new Set(first.map(meantKind))].map((kind) => {
    const ofKind = first.filter((row) => meantKind(row) === kind);
    const at = (level: string): number => ofKind.filter(({ leak }) => leak?.level === level).length;
    return { kind, questions: ofKind.length, exact: at('exact'), normalised: at('normalised'), near: at('near') };
  });
}

const meantKind = ({ kind, meantAs }: EvaluationRow): string => meantAs ?? kind;
