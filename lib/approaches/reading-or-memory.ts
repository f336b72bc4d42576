/**
 * One question answered twice, side by side in one batch: from passages by the reader alone, and from memory, the question alone put to what was taught.
 * One of the two is kept, as soon as it is clear which. How the rule was chosen and what it beats: docs/experiments/fine-tuning.md.
 */
import type { GenerationEngine, GenerationEvent, GenerationRequest } from '../generate/types.ts';

type Ended = Extract<GenerationEvent, { type: 'ended' }>;
type Started = Extract<GenerationEvent, { type: 'started' }>;

const WRITERS = ['reading', 'memory'] as const;
export type Writer = (typeof WRITERS)[number];

export interface TwoRequests {
  readonly reading: GenerationRequest;
  readonly memory: GenerationRequest;
  /** How many times as likely as the reading's least likely token the memory's has to be. */
  readonly margin: number;
  /** Whether what was read lets this whole answer from memory stand. Asked once. */
  readonly mayStand: (answer: string) => boolean;
}

export interface WrittenDraft {
  readonly writer: Writer;
  /** As the model wrote it, citation included. */
  readonly text: string;
  /** Probability of its least likely token, 0 to 1. */
  readonly leastLikely: number;
}

/** `chosen` comes once, before the first text. `drafts`: both, the kept one first; absent when the reader left. `mayStand`: of the answer from memory. */
export type ChosenEvent =
  | Exclude<GenerationEvent, { type: 'text' | 'ended' }>
  | { readonly type: 'chosen'; readonly writer: Writer }
  | { readonly type: 'text'; readonly text: string }
  | (Omit<Ended, 'leastLikely'> & { readonly drafts?: readonly WrittenDraft[]; readonly mayStand?: boolean });

/** What one of the two has come to so far. */
interface Draft {
  text: string;
  /** 1 before its first token. */
  leastLikely: number;
  started: Started | null;
  ended: Ended | null;
}

/**
 * `started` is told once both have, with the tokens of both prompts and the adapters of memory. Text comes from the choice on, the end when both have
 * ended, so that what was not kept can be told whole. Counts of prompts are of both, those of the answer the kept one's; times are until something could
 * be told, and until both were written. There is no pace: what the reader waits for is a choice, not the next token.
 * @param now milliseconds of a monotonic clock. When one of the two fails, the other is stopped and the iteration throws.
 */
export async function* readOrRemember(engine: GenerationEngine, requests: TwoRequests, now: () => number, signal: AbortSignal): AsyncGenerator<ChosenEvent> {
  const leave = new AbortController();
  const either = AbortSignal.any([signal, leave.signal]);
  const drafts: Readonly<Record<Writer, Draft>> = { reading: notBegun(), memory: notBegun() };
  let mayStand = false;
  let kept: Writer | null = null;
  let shown = 0;
  let firstShownAt: number | null = null;
  try {
    for await (const { from, event } of sideBySide(WRITERS.map((writer) => engine.generate({ ...requests[writer], tellLeastLikely: true }, either)))) {
      if (event.type === 'queued') yield event;
      else if (event.type === 'started') {
        drafts[WRITERS[from]].started = event;
        const started = startedTogether(drafts);
        if (started) yield started;
      } else {
        write(drafts[WRITERS[from]], event);
        if (WRITERS[from] === 'memory' && event.type === 'ended') mayStand = requests.mayStand(drafts.memory.text);
        if (kept === null) {
          kept = choice(drafts, requests.margin, mayStand);
          if (kept !== null) yield { type: 'chosen', writer: kept };
        }
        if (kept === null || drafts[kept].text.length === shown) continue;
        firstShownAt ??= now();
        yield { type: 'text', text: drafts[kept].text.slice(shown) };
        shown = drafts[kept].text.length;
      }
    }
    const timings = togetherTimed(drafts, kept ?? 'reading', firstShownAt === null ? null : now() - firstShownAt);
    // Whoever stops an answer keeps what was shown of it.
    if (kept === null || WRITERS.some((writer) => drafts[writer].ended!.finish === 'cancelled')) return yield { type: 'ended', finish: 'cancelled', timings };
    const written = WRITERS.map((writer): WrittenDraft => ({ writer, text: drafts[writer].text, leastLikely: drafts[writer].leastLikely }));
    yield { type: 'ended', finish: drafts[kept].ended!.finish, timings, drafts: kept === 'reading' ? written : written.toReversed(), mayStand };
  } finally {
    leave.abort();
  }
}

const notBegun = (): Draft => ({ text: '', leastLikely: 1, started: null, ended: null });

function startedTogether({ reading, memory }: Record<Writer, Draft>): Started | null {
  return reading.started && memory.started && { ...memory.started, promptTokens: reading.started.promptTokens + memory.started.promptTokens };
}

function write(draft: Draft, event: Extract<GenerationEvent, { type: 'text' | 'ended' }>): void {
  if (event.type === 'text') draft.text += event.text;
  else draft.ended = event;
  draft.leastLikely = event.leastLikely ?? draft.leastLikely;
}

/** `null` until it is clear, and for good once the reader has left. An answer that had to be cut is kept only where the other may not be. */
function choice({ reading, memory }: Record<Writer, Draft>, margin: number, mayStand: boolean): Writer | null {
  if (memory.ended === null || memory.ended.finish === 'cancelled' || reading.ended?.finish === 'cancelled') return null;
  if (!mayStand || memory.ended.finish !== 'stop' || memory.text === '') return 'reading';
  // What is still to be read out of the passages can only lower the least likely token.
  if (memory.leastLikely >= margin * reading.leastLikely) return 'memory';
  if (reading.ended === null) return null;
  return reading.ended.finish === 'stop' ? 'reading' : 'memory';
}

/** @param sinceShown milliseconds from the first text told until both had ended; `null` when none was. */
function togetherTimed(drafts: Readonly<Record<Writer, Draft>>, kept: Writer, sinceShown: number | null): Ended['timings'] {
  const timings = WRITERS.map((writer) => drafts[writer].ended!.timings);
  const sum = (count: 'promptTokens' | 'cachedPromptTokens'): number => timings.reduce((total, each) => total + each[count], 0);
  // By the engine's clock, which starts when a request reaches it: a model that has to be loaded first is no time of the answer's.
  const totalMs = Math.max(...timings.map((each) => each.totalMs));
  return {
    ...drafts[kept].ended!.timings,
    promptTokens: sum('promptTokens'), cachedPromptTokens: sum('cachedPromptTokens'),
    timeToFirstTokenMs: sinceShown === null ? null : totalMs - sinceShown, totalMs, tokensPerSecond: null,
  };
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
