import type { AdapterSummary, AnswerEvent, AnswerProblem, AnswerTimings, FinishReason, Provenance } from '../answer/events.ts';
import type { Passage, Support } from '../answer/passage.ts';

/** What an arm's events came to. */
export interface CollectedAnswer {
  readonly answer: string;
  /** `null` when the arm does not retrieve. */
  readonly passages: readonly Passage[] | null;
  readonly supports: readonly Support[];
  readonly finish: FinishReason | null;
  readonly timings: AnswerTimings | null;
  readonly provenance: Provenance | null;
  readonly adapter: AdapterSummary | null;
  readonly problem: AnswerProblem | null;
}

export const NOTHING_YET: CollectedAnswer = { answer: '', passages: null, supports: [], finish: null, timings: null, provenance: null, adapter: null, problem: null };

/** Reads an answer to its end; `tell` sees what there is of it after every event. */
export async function collect(events: AsyncIterable<AnswerEvent>, tell: (collected: CollectedAnswer) => void = () => {}): Promise<CollectedAnswer> {
  let collected = NOTHING_YET;
  for await (const event of events) {
    collected = fold(collected, event);
    tell(collected);
  }
  return collected;
}

function fold(collected: CollectedAnswer, event: AnswerEvent): CollectedAnswer {
  switch (event.type) {
    case 'passages-available':
      return { ...collected, passages: event.passages };
    case 'answer-start':
      return { ...collected, provenance: event.provenance, adapter: event.adapter };
    case 'text-delta':
      return { ...collected, answer: collected.answer + event.text };
    case 'answer-end':
      return { ...collected, finish: event.finish, timings: event.timings };
    case 'answer-error':
      return { ...collected, problem: event.problem };
    case 'supports-available':
      return { ...collected, supports: event.supports };
    case 'answer-queued':
      return collected;
  }
}
