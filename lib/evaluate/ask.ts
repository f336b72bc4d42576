/** Asks questions of the arms: alone, so that times mean something, or several at once, so that many get done. */
import { createHash } from 'node:crypto';
import type { AnswerOptions, Approach } from '../answer/approach.ts';
import { collect, type CollectedAnswer } from '../answer/collect.ts';
import type { ApproachId, Provenance } from '../answer/events.ts';
import type { EvaluationRow, ScoredAnswer } from '../messages/evaluation.ts';
import { parseQuestion } from '../question/question.ts';
import { scoreAnswer, scoreRetrieval } from './score-answer.ts';
import type { EvaluationQuestion } from './types.ts';

export interface Asking {
  readonly question: EvaluationQuestion;
  readonly seed: number;
}

export interface Asked {
  readonly row: EvaluationRow;
  readonly provenance: Readonly<Partial<Record<ApproachId, Provenance>>>;
}

/**
 * One question, asked of every arm: one after the other, each alone on the machine and timed, or all at once, untimed. `null` when the
 * signal is aborted before all have answered.
 * @throws BadInputError for a question that the page would refuse too.
 */
export async function askArms({ question: asked, seed }: Asking, arms: readonly Approach[], options: AnswerOptions, alone: boolean, signal: AbortSignal): Promise<Asked | null> {
  // Without the language it is known to be in: the page has to find that out too.
  const { question } = parseQuestion({ question: asked.question });
  const askOne = async (arm: Approach): Promise<readonly [ApproachId, CollectedAnswer]> => [arm.id, await collect(arm.answer(question, { ...options, seed }, signal))];
  const collected: (readonly [ApproachId, CollectedAnswer])[] = [];
  if (alone) for (const arm of arms) collected.push(await askOne(arm));
  else collected.push(...(await Promise.all(arms.map(askOne))));
  if (signal.aborted) return null;
  const passages = collected.find(([, answer]) => answer.passages !== null)?.[1].passages ?? null;
  const { id, kind = 'question', meantAs, leak, cluster = id, answers, documents } = asked;
  return {
    row: {
      id, kind, ...(meantAs !== undefined && { meantAs }), cluster, language: asked.language ?? question.language, question: question.text, answers, documents, marking: markingOf(asked), seed, ...(leak && { leak }),
      retrieved: passages === null ? null : scoreRetrieval(asked, passages),
      arms: Object.fromEntries(collected.map(([arm, answer]): [ApproachId, ScoredAnswer] => [arm, scoreAnswer(asked, answer, alone)])),
    },
    provenance: Object.fromEntries(collected.flatMap(([arm, { provenance }]) => (provenance === null ? [] : [[arm, provenance]]))),
  };
}

/** What tells one marking rule from another: two runs are compared only on questions that both held against the same. */
const markingOf = ({ answers, required, before }: EvaluationQuestion): string =>
  createHash('sha256').update(JSON.stringify([answers, required ?? [], before ?? null])).digest('hex').slice(0, 12);

/** Keeps `width` tasks going and yields what they come to as they end. Starts nothing more once the signal is aborted. */
export async function* together<Task, Result>(tasks: readonly Task[], width: number, run: (task: Task) => Promise<Result>, signal: AbortSignal): AsyncGenerator<Result> {
  const going = new Map<number, Promise<{ readonly key: number; readonly result: Result }>>();
  let next = 0;
  try {
    for (;;) {
      for (; going.size < width && next < tasks.length && !signal.aborted; next++) {
        const key = next;
        going.set(key, run(tasks[key]).then((result) => ({ key, result })));
      }
      if (going.size === 0) return;
      const { key, result } = await Promise.race(going.values());
      going.delete(key);
      yield result;
    }
  } finally {
    await Promise.allSettled(going.values());
  }
}
