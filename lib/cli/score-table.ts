/** A run in a terminal: scores with their intervals, pairs of arms, leaks, and what the page showed. */
import { armsInOrder, countTimed, leaksOfNew, METRIC_IDS, type Estimate, type EvaluationRun, type GroupScores, type MetricId, type PairResult } from '../messages/evaluation.ts';
import { isMainPair, LEAKS_UNKNOWN, partSentences, pValue } from '../evaluate/markdown.ts';
import { mixedArms } from '../evaluate/sum-up.ts';
import { textTable } from './text-table.ts';

const NAMES: Readonly<Record<MetricId, string>> = {
  accuracy: 'accuracy', 'exact-match': 'exact match', 'token-f1': 'token F1', 'recall-at-1': 'recall@1', 'recall-at-5': 'recall@5', mrr: 'MRR', 'ndcg-at-5': 'nDCG@5',
  'citation-precision': 'citation precision', 'citation-recall': 'citation recall', faithfulness: 'faithfulness', 'refusal-recall': 'refusal recall', 'refusal-precision': 'refusal precision',
  outdated: 'outdated', 'first-token-ms': 'first token ms', 'tokens-per-second': 'tokens/s', 'total-ms': 'total ms', 'retrieval-ms': 'search ms',
};

const isShare = (id: MetricId): boolean => !id.endsWith('-ms') && id !== 'tokens-per-second';
const number = (id: MetricId, value: number): string => (isShare(id) ? value.toFixed(3) : value.toFixed(0));

function cell(id: MetricId, estimate: Estimate | undefined): string {
  if (estimate === undefined || estimate.value === null) return 'n/a';
  return `${number(id, estimate.value)} [${number(id, estimate.low)}, ${number(id, estimate.high)}]`;
}

/** One table for each group of questions: a line a metric, a column an arm. Metrics that mean nothing for any arm are left out. */
function scoreTables(scores: readonly GroupScores[]): string {
  return [...new Set(scores.map(({ group }) => group))].map((group) => {
    const arms = armsInOrder(scores.map(({ arm }) => arm)).flatMap((arm) => scores.find((each) => each.group === group && each.arm === arm) ?? []);
    // Times are of few questions: not enough to divide them by kind.
    const lines = METRIC_IDS.filter((id) => isShare(id) || group === 'all').filter((id) => arms.some(({ metrics }) => metrics[id]?.value != null)).map((id) => [NAMES[id], ...arms.map(({ metrics }) => cell(id, metrics[id]))]);
    const failures = arms.some((arm) => arm.failures > 0) ? [['failed', ...arms.map((arm) => String(arm.failures))]] : [];
    return textTable([`${group} (n ${arms[0].questions}${arms[0].answers === undefined ? '' : `, ${arms[0].answers} answers`})`, ...arms.map(({ arm }) => arm)], [...lines, ...failures]);
  }).join('\n\n');
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;

/** All pairs over all questions; by kind only the two that the product is about, the rest stands in the file. */
function pairTable(all: readonly PairResult[]): string {
  const pairs = all.filter((pair) => pair.group === 'all' || isMainPair(pair));
  return textTable(
    ['pair', 'questions', 'n', 'only 1st', 'only 2nd', 'difference', '95 %', 'McNemar p', 'by fact p', 'by fact, Holm', 'smallest shown'],
    pairs.map((pair) => [`${pair.first} / ${pair.second}`, pair.group, String(pair.n), String(pair.onlyFirst), String(pair.onlySecond), signed(pair.difference.value), `[${signed(pair.difference.low)}, ${signed(pair.difference.high)}]`, pValue(pair.p), pValue(pair.pClustered), pValue(pair.pHolm), pair.smallestDifference.toFixed(3)]),
    2,
  );
}

/** Everything a person wants to know of a run at once. */
export function runReport({ header, scores, pairs, leaks, agreement, provenance }: EvaluationRun): string {
  const { settings } = header;
  const [mixed, timed] = [mixedArms(provenance), countTimed(scores)];
  const leaked = leaksOfNew(leaks).filter(({ found }) => found > 0);
  return [
    ...partSentences(header).map((sentence) => sentence.replace(/\.$/, ': good for a look, not for a claim.')),
    ...(mixed.length === 0 ? [] : [`The weights or the index of ${mixed.join(', ')} changed while the run went on: their scores are of no one thing.`]),
    scoreTables(scores),
    `Pairs of arms: accuracy of the first less that of the second; the interval draws facts; Holm corrects the p by fact over all ${pairs.length} tests; "smallest shown" is found four times in five.`,
    pairTable(pairs),
    header.trainingHash === null ? LEAKS_UNKNOWN : leaked.length === 0 ? 'No question meant to be new stands in the training data.' : `Scored as seen, since they stand in the training data: ${leaked.map(({ kind, found, exact, normalised, near, questions }) => `${found} of ${questions} ${kind} (${exact} exact, ${normalised} normalised, ${near} near)`).join('; ')}.`,
    ...(settings.concurrency > 1 && timed > 0 ? [`Times are of the answers asked for alone, ${timed} of each arm; the rest were asked ${settings.concurrency} at once.`] : []),
    ...(agreement ? [`Through the page: ${agreement.same} of ${agreement.answers} answers are the same${agreement.differing.length > 0 ? `; first difference: ${agreement.differing[0].id}, ${agreement.differing[0].arm}: "${agreement.differing[0].direct}" / "${agreement.differing[0].page}"` : ''}.`] : []),
  ].join('\n\n');
}
