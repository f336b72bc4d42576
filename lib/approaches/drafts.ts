/**
 * Several answers to one prompt, written side by side in one batch, of which the surest is kept: the one whose least likely
 * token is the likeliest, after a margin that an answer may have to make up. How it was chosen and what it beats: docs/experiments/fine-tuning.md.
 */
import type { GenerationEngine, GenerationEvent, GenerationRequest } from '../generate/types.ts';

type Ended = Extract<GenerationEvent, { type: 'ended' }>;

export interface DraftRequest {
  readonly request: GenerationRequest;
  /** How many times as likely as another's its least likely token has to be. Default 1. */
  readonly margin?: number;
}

export interface WrittenDraft {
  /** Which of the requests wrote it, from 0. */
  readonly request: number;
  /** As the model wrote it, citation included. */
  readonly text: string;
  /** Probability of its least likely token, 0 to 1. */
  readonly leastLikely: number;
}

/** Events of an answer that may have been chosen from several. `drafts`: all that were written, the kept one first; absent when there was one or the reader left. */
export type DraftedEvent =
  | Exclude<GenerationEvent, { type: 'text' | 'ended' }>
  | Omit<Extract<GenerationEvent, { type: 'text' }>, 'tokens'>
  | (Omit<Ended, 'leastLikely'> & { readonly drafts?: readonly WrittenDraft[] });

/**
 * What the drafts begin with alike is told as it comes, since whichever is kept begins so; the rest when all have ended. `queued` and
 * `started` are the first request's. Counts are of the kept draft, times of all: until something could be told, and until the choice. There is no pace:
 * what the reader waits for is a choice, not the next token.
 * @param now milliseconds of a monotonic clock. When one draft fails, the others are stopped and the iteration throws.
 */
export async function* keepSurest(engine: GenerationEngine, requests: readonly DraftRequest[], now: () => number, signal: AbortSignal): AsyncGenerator<DraftedEvent> {
  const leave = new AbortController();
  const either = AbortSignal.any([signal, leave.signal]);
  const texts = requests.map(() => '');
  const endings: Ended[] = [];
  let shown = '';
  let firstShownAt: number | null = null;
  try {
    for await (const { from, event } of sideBySide(requests.map(({ request }) => engine.generate({ ...request, tellLeastLikely: true }, either)))) {
      if (event.type === 'ended') endings[from] = event;
      else if (event.type === 'text') texts[from] += event.text;
      else if (from === 0) yield event;
      const agreed = commonBeginning(texts);
      if (agreed.length === shown.length) continue;
      firstShownAt ??= now();
      yield { type: 'text', text: agreed.slice(shown.length) };
      shown = agreed;
    }
    const endedAt = now();
    // By the engine's clock, which starts when a request reaches it: a model that has to be loaded first is no time of the answer's.
    const totalMs = Math.max(...endings.map(({ timings }) => timings.totalMs));
    const ended = (finish: Ended['finish'], timings: Ended['timings'], drafts?: WrittenDraft[]): DraftedEvent =>
      ({ type: 'ended', finish, timings: { ...timings, timeToFirstTokenMs: firstShownAt === null ? null : totalMs - (endedAt - firstShownAt), totalMs, tokensPerSecond: null }, ...(drafts && { drafts }) });
    // Whoever stops an answer keeps what was shown of it.
    if (endings.some(({ finish }) => finish === 'cancelled')) return yield ended('cancelled', endings[0].timings);
    const drafts = surestFirst(requests, endings, texts);
    const { request, text } = drafts[0];
    if (text.length > shown.length) {
      firstShownAt ??= endedAt;
      yield { type: 'text', text: text.slice(shown.length) };
    }
    yield ended(endings[request].finish, endings[request].timings, drafts);
  } finally {
    leave.abort();
  }
}

/** One that closed itself before one that had to be cut; then by the least likely token over the margin; of equals, the earlier request's. */
function surestFirst(requests: readonly DraftRequest[], endings: readonly Ended[], texts: readonly string[]): WrittenDraft[] {
  const cut = (request: number): number => Number(endings[request].finish !== 'stop');
  const sure = ({ request, leastLikely }: WrittenDraft): number => leastLikely / (requests[request].margin ?? 1);
  return endings
    .map(({ leastLikely }, request) => ({ request, text: texts[request], leastLikely: leastLikely ?? 0 }))
    .sort((one, other) => cut(one.request) - cut(other.request) || sure(other) - sure(one));
}

/** What all texts begin with, never half a character. */
function commonBeginning([first, ...others]: readonly string[]): string {
  let length = 0;
  while (length < first.length && others.every((other) => other[length] === first[length])) length += 1;
  return first.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** What several sources tell, as it comes, and from which. Ends when all have; throws with the first that does. */
async function* sideBySide<Told>(sources: readonly AsyncIterable<Told>[]): AsyncGenerator<{ readonly from: number; readonly event: Told }> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const next = (from: number): Promise<{ from: number; result: IteratorResult<Told> }> => iterators[from].next().then((result) => ({ from, result }));
  const waiting = new Map(iterators.map((_, from) => [from, next(from)]));
  try {
    while (waiting.size > 0) {
      const { from, result } = await Promise.race(waiting.values());
      if (result.done) waiting.delete(from);
      else {
        waiting.set(from, next(from));
        yield { from, event: result.value };
      }
    }
  } finally {
    // Whoever left early hears of no failure that comes after. Not awaited: a source ends once it is stopped, which comes next.
    for (const late of waiting.values()) late.catch(() => {});
    for (const iterator of iterators) void iterator.return?.().catch(() => {});
  }
}
