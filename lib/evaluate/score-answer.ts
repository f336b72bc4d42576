/** One answer, scored by every metric that has a meaning for it. */
import type { CollectedAnswer } from '../answer/collect.ts';
import type { Passage } from '../answer/passage.ts';
import type { Retrieved, ScoredAnswer } from '../messages/evaluation.ts';
import { sourceText, supportedFigures } from '../retrieve/supported-figures.ts';
import { isRefusal } from './refusal.ts';
import { ndcgAt, recallAt, reciprocalRank } from './retrieval.ts';
import { equivalent, exactMatch, tokenF1 } from './score.ts';
import type { EvaluationQuestion, Expected } from './types.ts';

/** A refusal of a question that has an answer is an empty answer, as in SQuAD 2.0. A failed answer is a wrong one. */
export function scoreAnswer(asked: EvaluationQuestion, collected: CollectedAnswer, timed: boolean): ScoredAnswer {
  const { passages, finish, timings, problem, citedPassageId: cited } = collected;
  const answer = collected.answer.trim();
  const refused = problem === null && isRefusal(answer);
  const wrong = refused || problem !== null;
  const answerable = asked.answers.length > 0;
  const isRight = (text: string): boolean => (answerable ? !isRefusal(text) && says(text, asked.question, asked) : isRefusal(text));
  const citedPassage = passages?.find(({ id }) => id === cited);
  return {
    answer,
    right: problem === null && isRight(answer),
    exactMatch: answerable ? !wrong && exactMatch(answer, asked.answers) : null,
    f1: answerable ? (wrong ? 0 : round(tokenF1(answer, asked.answers))) : null,
    refused,
    finish,
    reads: passages !== null,
    cited,
    citesRight: cited === null || (answerable && asked.documents.length === 0) ? null : citedPassage !== undefined && holding(asked).includes(citedPassage.documentId),
    figures: passages === null || wrong ? null : supportedFigures(answer, sourceText(citedPassage ? [citedPassage] : passages.filter(({ used }) => used))),
    ...(asked.before && { outdated: !wrong && says(answer, asked.question, asked.before) }),
    ...(collected.drafts.length > 0 && { drafts: collected.drafts.map((draft) => ({ ...draft, leastLikely: round(draft.leastLikely), right: isRight(draft.text) })) }),
    ...(timed && timings && { timings: pick(timings) }),
    ...(problem && { problem }),
  };
}

/** The documents that hold the answer. One that a question without an answer names is only what it is about. */
const holding = ({ answers, documents }: Pick<EvaluationQuestion, 'answers' | 'documents'>): readonly string[] => (answers.length === 0 ? [] : documents);

/** Exactly an accepted answer, or the same in other words where the question says what that takes. */
const says = (answer: string, question: string, { answers, required = [] }: Expected): boolean =>
  exactMatch(answer, answers) || (equivalent(answer, { question, accepted: answers, required }) ?? false);

const round = (value: number, digits = 4): number => Number(value.toFixed(digits));

const pick = ({ timeToFirstTokenMs, totalMs, tokensPerSecond, retrievalMs }: NonNullable<CollectedAnswer['timings']>): ScoredAnswer['timings'] => ({
  timeToFirstTokenMs: timeToFirstTokenMs === null ? null : round(timeToFirstTokenMs, 1),
  totalMs: round(totalMs, 1),
  tokensPerSecond: tokensPerSecond === null ? null : round(tokensPerSecond, 1),
  ...(retrievalMs !== undefined && { retrievalMs: round(retrievalMs, 1) }),
});

/** How good a search was, by the documents of what it found. */
export function scoreRetrieval(asked: Pick<EvaluationQuestion, 'answers' | 'documents'>, passages: readonly Passage[]): Retrieved {
  const best = passages.toSorted((one, other) => one.rank - other.rank);
  const ranked = best.map(({ documentId }) => documentId);
  const relevant = holding(asked);
  const score = (measure: (ranked: readonly string[], relevant: readonly string[]) => number): number | null => (relevant.length === 0 ? null : round(measure(ranked, relevant)));
  return {
    passages: best.map(({ id }) => id),
    read: passages.filter(({ used }) => used).length,
    recallAt1: score((found, relevant) => recallAt(1, found, relevant)),
    recallAt5: score((found, relevant) => recallAt(5, found, relevant)),
    reciprocalRank: score(reciprocalRank),
    ndcgAt5: score((found, relevant) => ndcgAt(5, found, relevant)),
  };
}
