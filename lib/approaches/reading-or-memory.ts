/**
 * One question answered twice, side by side in one batch: from passages by the reader alone, and from memory, the question alone put to what was taught.
 * One of the two is kept, as soon as it is clear which. How the rule was chosen and what it beats: docs/experiments/fine-tuning.md.
 */
import type { RuledOut } from '../answer/events.ts';
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
  /** Why this whole answer from memory cannot stand beside what was read; `null` when it can. Asked once. */
  readonly ruleOut: (answer: string) => Exclude<RuledOut, 'cut'> | null;
}

export interface WrittenDraft {
  readonly writer: Writer;
  /** As the model wrote it, citation included. */
  readonly text: string;
  /** Probability of its least likely token, 0 to 1. */
  readonly leastLikely: number;
  /** Only of memory's, when it could not be kept. */
  readonly ruledOut?: RuledOut;
}

/** `chosen` comes once, before the first text. `drafts`: both, the kept one first; absent when the reader left. */
export type ChosenEvent =
  | Exclude<GenerationEvent, { type: 'text' | 'ended' }>
  | { readonly type: 'chosen'; readonly writer: Writer }
  | { readonly type: 'text'; readonly text: string }
  | (Omit<Ended, 'leastLikely'> & { readonly drafts?: readonly WrittenDraft[] });

/** What one of the two has come to so far. */
interface Draft {
  text: string;
  /** 1 before its first token. */
  leastLikely: number;
  /** Place in the queue last told; 0 when never queued. */
  position: number;
  started: Started | null;
  ended: Ended | null;
}

/**
 * `queued` tells the later place of the two. `started` is told once both have, with the tokens of both prompts and the adapters of both. Text comes from the choice on, the end when both have
 * ended, so that what was not kept can be told whole. Counts of prompts are of both, those of the answer the kept one's; times are until something could
 * be told, and until both were written. There is no pace: what the reader waits for is a choice, not the next token.
 * @param now milliseconds of a monotonic clock. When one of the two fails, the other is stopped and the iteration throws.
 */
export async function* readOrRemember(engine: GenerationEngine, requests: TwoRequests, now: () => number, signal: AbortSignal): AsyncGenerator<ChosenEvent> {
  const leave = new AbortController();
  const either = AbortSignal.any([signal, leave.signal]);
  const drafts: Readonly<Record<Writer, Draft>> = { reading: notBegun(), memory: notBegun() };
  let ruledOut: RuledOut | null = null;
  let kept: Writer | null = null;
  let shown = 0;
  let firstShownAt: number | null = null;
  try {
    for await (const { from, event } of sideBySide(WRITERS.map((writer) => engine.generate({ ...requests[writer], tellLeastLikely: true }, either)))) {
      const draft = drafts[WRITERS[from]];
      if (event.type === 'queued') {
        const before = lastPosition(drafts);
        draft.position = event.position;
        if (lastPosition(drafts) !== before) yield { type: 'queued', position: lastPosition(drafts) };
      } else if (event.type === 'started') {
        Object.assign(draft, { started: event, position: 0 });
        const started = startedTogether(drafts);
        if (started) yield started;
      } else {
        write(draft, event);
        if (draft === drafts.memory && event.type === 'ended') ruledOut = event.finish === 'length' ? 'cut' : requests.ruleOut(draft.text);
        if (kept === null) {
          kept = choice(drafts, requests.margin, ruledOut !== null);
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
    const written = WRITERS.map((writer): WrittenDraft => ({ writer, text: drafts[writer].text, leastLikely: drafts[writer].leastLikely, ...(writer === 'memory' && ruledOut !== null && { ruledOut }) }));
    yield { type: 'ended', finish: drafts[kept].ended!.finish, timings, drafts: kept === 'reading' ? written : written.toReversed() };
  } finally {
    leave.abort();
  }
}

const notBegun = (): Draft => ({ text: '', leastLikely: 1, position: 0, started: null, ended: null });

const lastPosition = ({ reading, memory }: Record<Writer, Draft>): number => Math.max(reading.position, memory.position);

function startedTogether({ reading, memory }: Record<Writer, Draft>): Started | null {
  if (!reading.started || !memory.started) return null;
  const beneath = memory.started.adapters.map(({ summary }) => summary.hash);
  // What was taught comes last. The reader is beneath it, or beside it where it was taught on the plain base.
  const adapters = [...reading.started.adapters.filter(({ summary }) => !beneath.includes(summary.hash)), ...memory.started.adapters];
  return { ...memory.started, adapters, promptTokens: reading.started.promptTokens + memory.started.promptTokens };
}

function write(draft: Draft, event: Extract<GenerationEvent, { type: 'text' | 'ended' }>): void {
  if (event.type === 'text') draft.text += event.text;
  else draft.ended = event;
  draft.leastLikely = event.leastLikely ?? draft.leastLikely;
}

/** `null` until it is clear, and for good once the reader has left. A reading that had to be cut gives way to memory that may stand. */
function choice({ reading, memory }: Record<Writer, Draft>, margin: number, isRuledOut: boolean): Writer | null {
  if (memory.ended === null || memory.ended.finish === 'cancelled' || reading.ended?.finish === 'cancelled') return null;
  if (isRuledOut) return 'reading';
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
    queuedMs: Math.max(...timings.map(({ queuedMs }) => queuedMs)),
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
