/** What the events of one answer come to: the one fold that the panes, the command line, the evaluation and the benchmarks share. */
import type { AdapterSummary, AnswerEvent, AnswerProblem, AnswerTimings, Draft, FinishReason, Provenance } from './events.ts';
import type { Passage, Support } from './passage.ts';

export interface CollectedAnswer {
  readonly answer: string;
  /** `null` when the arm does not retrieve. */
  readonly passages: readonly Passage[] | null;
  /** The passage that the answer rests on; `null` when there is none. */
  readonly citedPassageId: string | null;
  readonly supports: readonly Support[];
  /** Figures and dates of the answer that stand in no passage read; none until it has ended. */
  readonly figuresNotFound: readonly string[];
  /** What the answer was chosen from, the kept one first; none from an arm that writes only one, or until it has ended. */
  readonly drafts: readonly Draft[];
  /** `null` until the engine has begun. */
  readonly promptTokens: number | null;
  readonly finish: FinishReason | null;
  readonly timings: AnswerTimings | null;
  readonly provenance: Provenance | null;
  /** What the arm was taught; `null` for an arm that was not. */
  readonly adapter: AdapterSummary | null;
  readonly problem: AnswerProblem | null;
}

export const NOTHING_YET: CollectedAnswer = {
  answer: '',
  passages: null,
  citedPassageId: null,
  supports: [],
  figuresNotFound: [],
  drafts: [],
  promptTokens: null,
  finish: null,
  timings: null,
  provenance: null,
  adapter: null,
  problem: null,
};

/** What there is of an answer after one more event. */
export function foldAnswer(collected: CollectedAnswer, event: AnswerEvent): CollectedAnswer {
  switch (event.type) {
    case 'answer-queued':
      return collected;
    case 'passages-available':
      return { ...collected, passages: event.passages };
    case 'answer-start':
      return { ...collected, promptTokens: event.promptTokens, provenance: event.provenance, adapter: event.adapter };
    case 'text-delta':
      return { ...collected, answer: collected.answer + event.text };
    case 'citation-available':
      return { ...collected, citedPassageId: event.passageId };
    case 'supports-available':
      return { ...collected, supports: event.supports, figuresNotFound: event.figuresNotFound };
    case 'drafts-available':
      return { ...collected, drafts: event.drafts };
    case 'answer-end':
      return { ...collected, finish: event.finish, timings: event.timings };
    case 'answer-error':
      return { ...collected, problem: event.problem };
  }
}

/** Reads an answer to its end; `tell` sees what there is of it after every event. */
export async function collect(events: AsyncIterable<AnswerEvent>, tell: (collected: CollectedAnswer) => void = () => {}): Promise<CollectedAnswer> {
  let collected = NOTHING_YET;
  for await (const event of events) {
    collected = foldAnswer(collected, event);
    tell(collected);
  }
  return collected;
}
