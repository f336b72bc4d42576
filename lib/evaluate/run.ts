import type { AnswerOptions, Approach } from '../answer/approach.ts';
import { parseQuestion } from '../question/question.ts';
import { collect, type CollectedAnswer } from './collect.ts';
import { isRefusal } from './refusal.ts';
import { recallAt, reciprocalRank } from './retrieval.ts';
import { equivalent, exactMatch, tokenF1 } from './score.ts';
import type { EvaluationQuestion, ScoredAnswer, ScoredQuestion } from './types.ts';

export interface EvaluationProgress {
  readonly done: number;
  readonly total: number;
  readonly row: ScoredQuestion;
}

/**
 * Asks every question of all arms at once, as the page does, one question after another, and yields each
 * with its scores. Ends early, without the question under way, when the signal is aborted.
 * @throws BadInputError for a question that the page would refuse too.
 */
export async function* evaluate(questions: readonly EvaluationQuestion[], arms: readonly Approach[], options: AnswerOptions, signal: AbortSignal): AsyncGenerator<EvaluationProgress> {
  for (const [index, asked] of questions.entries()) {
    if (signal.aborted) return;
    const { question } = parseQuestion({ question: asked.question, language: asked.language });
    const answers = await Promise.all(arms.map(async (arm) => [arm.id, scoreAnswer(asked, await collect(arm.answer(question, options, signal)))] as const));
    if (signal.aborted) return;
    const { id, answers: accepted, documents, kind = 'question' } = asked;
    yield {
      done: index + 1,
      total: questions.length,
      row: { id, kind, language: question.language, question: question.text, answers: accepted, documents, arms: Object.fromEntries(answers) },
    };
  }
}

/** A refusal of a question that has an answer is an empty answer, as in SQuAD 2.0. A failed answer is a wrong one. */
export function scoreAnswer(asked: EvaluationQuestion, collected: CollectedAnswer): ScoredAnswer {
  const { passages, finish, timings, provenance, adapter, problem } = collected;
  const answer = collected.answer.trim();
  const refused = problem === null && isRefusal(answer);
  const wrong = refused || problem !== null;
  const answerable = asked.answers.length > 0;
  const exact = answerable ? !wrong && exactMatch(answer, asked.answers) : null;
  const same = answerable ? equivalent(answer, { question: asked.question, accepted: asked.answers, required: asked.required ?? [] }) : null;
  const ranked = passages !== null && asked.documents.length > 0 ? passages.toSorted((one, other) => one.rank - other.rank).map((passage) => passage.documentId) : null;
  return {
    answer,
    exactMatch: exact,
    f1: answerable ? (wrong ? 0 : tokenF1(answer, asked.answers)) : null,
    equivalent: same === null ? null : !wrong && (exact || same),
    refused,
    finish,
    passages: passages?.map(({ id, documentId, rank, score, used }) => ({ id, documentId, rank, score, used })) ?? null,
    recallAt1: ranked && recallAt(1, ranked, asked.documents),
    recallAt5: ranked && recallAt(5, ranked, asked.documents),
    reciprocalRank: ranked && reciprocalRank(ranked, asked.documents),
    timings,
    provenance,
    adapter: adapter?.name ?? null,
    problem,
  };
}
