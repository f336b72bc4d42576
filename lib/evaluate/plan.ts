import { createHash } from 'node:crypto';
import type { RunSettings } from '../messages/evaluation.ts';
import type { FactChange } from '../workspace/schemas.ts';
import type { Asking } from './ask.ts';
import type { AskedChange } from './changes.ts';
import { changedQuestion } from './questions.ts';
import { stratifiedSample } from './sample.ts';
import type { EvaluationQuestion } from './types.ts';

/** What a run asks, in the order in which it asks. */
export interface Plan {
  /** Asked first, so that nothing of them is in a cache, one answer at a time. */
  readonly alone: readonly Asking[];
  /** Asked several at once. */
  readonly together: readonly Asking[];
  /** Asked after their document has changed. */
  readonly changes: readonly AskedChange[];
}

/** Questions, and what is asked after documents have changed, as a run's settings divide them. */
export function planRun(questions: readonly EvaluationQuestion[], changes: readonly FactChange[], settings: RunSettings): Plan {
  const changeOf = new Map(changes.map((change) => [change.id, change]));
  const asked = settings.sample === null ? questions : stratifiedSample(questions, settings.sample);
  const plain = asked.filter(({ id }) => !changeOf.has(id));
  const timed = new Set((settings.concurrency === 1 ? plain : stratifiedSample(plain, settings.timed)).map(({ id }) => id));
  const seeds = Array.from({ length: settings.seeds }, (_, seed) => seed);
  const askings = seeds.flatMap((seed) => plain.map((question) => ({ question, seed })));
  const isAlone = ({ question, seed }: Asking): boolean => timed.has(question.id) && (seed === 0 || settings.concurrency === 1);
  return {
    alone: settings.timed === 0 && settings.concurrency > 1 ? [] : askings.filter(isAlone),
    together: settings.timed === 0 && settings.concurrency > 1 ? askings : askings.filter((asking) => !isAlone(asking)),
    changes: seeds.flatMap((seed) => asked.flatMap((question) => (changeOf.has(question.id) ? [{ change: changeOf.get(question.id)!, question, seed }] : []))),
  };
}

/** The questions of a run: plain ones, then one for each change. */
export const allQuestions = (questions: readonly EvaluationQuestion[], changes: readonly FactChange[]): EvaluationQuestion[] => [...questions, ...changes.map(changedQuestion)];

export const planLength = ({ alone, together, changes }: Plan): number => alone.length + together.length + changes.length;

/** SHA-256 over what a run asks and accepts, and over what its rows are grouped by: rows of two sittings belong together when both have the same. */
export const questionsHash = (questions: readonly EvaluationQuestion[]): string =>
  createHash('sha256').update(JSON.stringify(questions.map(({ id, question, answers, documents, required = [], kind = 'question', language = null, cluster = id, before = null }) => [id, question, answers, documents, required, kind, language, cluster, before]))).digest('hex');
