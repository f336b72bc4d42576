import { describe, expect, it } from 'vitest';
import type { FinishReason } from '../answer/events.ts';
import type { GenerationEngine, GenerationEvent, GenerationRequest } from '../generate/types.ts';
import { keepSurest, type DraftedEvent, type DraftRequest } from './drafts.ts';

const TIMINGS = { queuedMs: 1, promptTokens: 20, cachedPromptTokens: 0, completionTokens: 6, timeToFirstTokenMs: 30, totalMs: 90, tokensPerSecond: 80 };

interface Scripted {
  readonly pieces: readonly (string | Error)[];
  readonly leastLikely?: number;
  readonly finish?: FinishReason;
  /** Of an answer that waits for its reader to leave. */
  readonly waits?: boolean;
}

/** An engine whose answers are these, by their prompts; who was stopped, and who has ended. */
function engineOf(answers: Readonly<Record<string, Scripted>>): { engine: GenerationEngine; stopped: string[]; ended: string[] } {
  const [stopped, ended]: [string[], string[]] = [[], []];
  const engine = {
    async *generate({ prompt }: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
      const { pieces, leastLikely = 0.5, finish = 'stop', waits = false } = answers[prompt];
      yield { type: 'queued', position: 1 };
      yield { type: 'started', promptTokens: 20, baseHash: prompt, adapters: [] };
      for (const piece of pieces) {
        if (piece instanceof Error) throw piece;
        yield { type: 'text', text: piece, tokens: 1 };
      }
      if (waits) {
        await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
        stopped.push(prompt);
      }
      await new Promise((resolve) => setTimeout(resolve));
      ended.push(prompt);
      yield { type: 'ended', finish: waits ? 'cancelled' : finish, timings: { ...TIMINGS, completionTokens: pieces.length }, leastLikely };
    },
  } as unknown as GenerationEngine;
  return { engine, stopped, ended };
}

const REQUESTS: readonly DraftRequest[] = [{ request: { prompt: 'first' } }, { request: { prompt: 'second' } }];

async function run(first: Scripted, second: Scripted, signal = new AbortController().signal, requests = REQUESTS): Promise<DraftedEvent[]> {
  let clock = 0;
  const told: DraftedEvent[] = [];
  for await (const event of keepSurest(engineOf({ first, second }).engine, requests, () => (clock += 10), signal)) told.push(event);
  return told;
}

const textOf = (events: readonly DraftedEvent[]): string => events.map((event) => (event.type === 'text' ? event.text : '')).join('');
const endOf = (events: readonly DraftedEvent[]) => events.find((event) => event.type === 'ended')!;

describe('of several answers', () => {
  it('the one whose least likely token is the likeliest is told, and all of them afterwards, it first', async () => {
    const events = await run({ pieces: ['11', '%'], leastLikely: 0.4 }, { pieces: ['12', '% [1]'], leastLikely: 0.9 });
    expect(textOf(events)).toBe('12% [1]');
    expect(endOf(events)).toMatchObject({ finish: 'stop', drafts: [{ request: 1, text: '12% [1]', leastLikely: 0.9 }, { request: 0, text: '11%', leastLikely: 0.4 }] });
    expect(textOf(await run({ pieces: ['11%'], leastLikely: 0.95 }, { pieces: ['12%'], leastLikely: 0.9 }))).toBe('11%');
    expect(textOf(await run({ pieces: ['11%'], leastLikely: 0.9 }, { pieces: ['12%'], leastLikely: 0.9 }))).toBe('11%');
  });

  it('one with a margin has to be so many times surer', async () => {
    const kept = async (leastLikely: number): Promise<string> => textOf(await run({ pieces: ['11%'], leastLikely }, { pieces: ['12%'], leastLikely: 0.5 }, undefined, [{ ...REQUESTS[0], margin: 1.5 }, REQUESTS[1]]));
    expect([await kept(0.74), await kept(0.76)]).toEqual(['12%', '11%']);
  });

  it('what they begin with alike is told before any has ended', async () => {
    const { engine, ended } = engineOf({ first: { pieces: ['Tarif ', 'PPN ', '11%'], leastLikely: 0.1 }, second: { pieces: ['Tarif PPN ', 'itu ', '12%'] } });
    const told: { text: string; ended: number }[] = [];
    for await (const event of keepSurest(engine, REQUESTS, () => 0, new AbortController().signal)) {
      if (event.type === 'text') told.push({ text: event.text, ended: ended.length });
    }
    expect(told).toEqual([{ text: 'Tarif PPN ', ended: 0 }, { text: 'itu 12%', ended: 2 }]);
  });

  it('never tells half a character of two that begin with the same half', async () => {
    const events = await run({ pieces: ['😀'], leastLikely: 0.1 }, { pieces: ['😁'] });
    expect(events.flatMap((event) => (event.type === 'text' ? [event.text] : []))).toEqual(['😁']);
  });

  it('one that closed itself goes before a surer one that had to be cut', async () => {
    const events = await run({ pieces: ['ya ya ya'], leastLikely: 0.99, finish: 'length' }, { pieces: ['12%'], leastLikely: 0.2 });
    expect(textOf(events)).toBe('12%');
    expect(endOf(events)).toMatchObject({ finish: 'stop' });
  });

  it('counts are of the one that is kept, times until something was told and until the choice', async () => {
    const { timings } = endOf(await run({ pieces: ['11%'], leastLikely: 0.1 }, { pieces: ['1', '2', '%'] })) as Extract<DraftedEvent, { type: 'ended' }>;
    expect(timings).toMatchObject({ completionTokens: 3, tokensPerSecond: null, timeToFirstTokenMs: 80, totalMs: 90 });
    const { timings: unlike } = endOf(await run({ pieces: ['9', '9%'], leastLikely: 0.1 }, { pieces: ['1', '2', '%'] })) as Extract<DraftedEvent, { type: 'ended' }>;
    expect(unlike).toMatchObject({ timeToFirstTokenMs: 90, totalMs: 90 });
    const nothing = endOf(await run({ pieces: [] }, { pieces: [] })) as Extract<DraftedEvent, { type: 'ended' }>;
    expect(nothing.timings.timeToFirstTokenMs).toBeNull();
  });

  it('keeps what was told when its reader leaves, and chooses nothing', async () => {
    const leave = new AbortController();
    setTimeout(() => leave.abort());
    const events = await run({ pieces: ['Tarif PPN '], waits: true }, { pieces: ['Tarif 12%'], leastLikely: 0.9 }, leave.signal);
    expect(textOf(events)).toBe('Tarif ');
    expect(endOf(events)).toMatchObject({ finish: 'cancelled' });
    expect(endOf(events)).not.toHaveProperty('drafts');
  });

  it('fails when one of them does, and stops the other', async () => {
    const { engine, stopped } = engineOf({ first: { pieces: ['1'], waits: true }, second: { pieces: [new Error('no memory')] } });
    const reading = async (): Promise<void> => {
      for await (const event of keepSurest(engine, REQUESTS, () => 0, new AbortController().signal)) void event;
    };
    await expect(reading()).rejects.toThrow('no memory');
    await new Promise((resolve) => setTimeout(resolve));
    expect(stopped).toEqual(['first']);
  });
});
