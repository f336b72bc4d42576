/** The metrics as a table: what one answer adds to each, or why the metric has no meaning for it. Defined in docs/evaluation.md. */
import type { EvaluationRow, Inapplicable, MetricId, Retrieved, ScoredAnswer } from '../messages/evaluation.ts';
import type { Part } from './statistics/bootstrap.ts';

export type Timing = 'first-token-ms' | 'tokens-per-second' | 'total-ms' | 'retrieval-ms';
export type Share = Exclude<MetricId, Timing>;
type Read = (answer: ScoredAnswer, row: EvaluationRow) => Part | Inapplicable;

const one = (value: number | boolean): Part => ({ numerator: Number(value), denominator: 1 });
const answerable = (row: EvaluationRow): boolean => row.answers.length > 0;

const retrieval = (name: keyof Omit<Retrieved, 'passages' | 'read'>): Read => (answer, { retrieved }) => {
  const value = retrieved?.[name];
  return !answer.reads ? 'reads-no-passages' : value == null ? 'no-document-named' : one(value);
};

export const SHARES: Readonly<Record<Share, Read>> = {
  accuracy: (answer) => one(answer.right),
  'exact-match': (answer) => (answer.exactMatch === null ? 'no-answerable-question' : one(answer.exactMatch)),
  'token-f1': (answer) => (answer.f1 === null ? 'no-answerable-question' : one(answer.f1)),
  'recall-at-1': retrieval('recallAt1'),
  'recall-at-5': retrieval('recallAt5'),
  mrr: retrieval('reciprocalRank'),
  'ndcg-at-5': retrieval('ndcgAt5'),
  // Of the citations made, those of a document that answers; where nothing answers, no citation can be right.
  'citation-precision': (answer) => (!answer.reads ? 'reads-no-passages' : answer.cited === null ? 'nothing-cited' : answer.citesRight === null ? 'no-document-named' : one(answer.citesRight)),
  // Of the questions that a document answers, those whose answer cites such a document.
  'citation-recall': (answer, row) => (!answer.reads ? 'reads-no-passages' : row.documents.length === 0 || !answerable(row) ? 'no-document-named' : one(answer.citesRight ?? false)),
  faithfulness: (answer) => (!answer.reads ? 'reads-no-passages' : answer.figures === null ? 'no-figure' : { numerator: answer.figures.supported, denominator: answer.figures.total }),
  'refusal-recall': (answer, row) => (answerable(row) ? 'no-unanswerable-question' : one(answer.refused)),
  'refusal-precision': (answer, row) => (answer.refused ? one(!answerable(row)) : 'nothing-refused'),
  outdated: (answer) => (answer.outdated === undefined ? 'no-change' : one(answer.outdated)),
};

export const TIMINGS: Readonly<Record<Timing, (answer: ScoredAnswer) => number | null | undefined>> = {
  'first-token-ms': ({ timings }) => timings?.timeToFirstTokenMs,
  'tokens-per-second': ({ timings }) => timings?.tokensPerSecond,
  'total-ms': ({ timings }) => timings?.totalMs,
  'retrieval-ms': ({ timings }) => timings?.retrievalMs,
};
