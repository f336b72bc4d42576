import { describe, expect, it } from 'vitest';
import type { AdapterSummary, FinishReason } from '../answer/events.ts';
import type { GenerationEngine, GenerationEvent, GenerationRequest } from '../generate/types.ts';
import { readOrRemember, type ChosenEvent, type TwoRequests } from './reading-or-memory.ts';

const TIMINGS = { queuedMs: 1, promptTokens: 20, cachedPromptTokens: 5, completionTokens: 6, timeToFirstTokenMs: 30, totalMs: 90, tokensPerSecond: 80 };

interface Scripted {
  /** Pieces of its text; a number is the probability of the least likely token from there on. */
  readonly pieces: readonly (string | number | Error)[];
  readonly leastLikely?: number;
  readonly finish?: FinishReason;
  /** Of an answer that waits for its reader to leave, or for another to end. */
  readonly waitsFor?: 'abort' | 'reading' | 'memory';
  /** Pieces after the wait. */
  readonly late?: readonly string[];
  readonly queued?: readonly number[];
  readonly queuedMs?: number;
  /** Hashes of what it was written with. */
  readonly adapters?: readonly string[];
}

/** An engine whose answers are these, by their prompts; who was stopped, and who has ended. */
function engineOf(answers: Readonly<Record<string, Scripted>>): { engine: GenerationEngine; stopped: string[]; ended: string[] } {
  const [stopped, ended]: [string[], string[]] = [[], []];
  const after = new Map<string, () => void>();
  const endings = new Map(Object.keys(answers).map((prompt) => [prompt, new Promise<void>((resolve) => after.set(prompt, resolve))]));
  const engine = {
    async *generate({ prompt }: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
      const { pieces, leastLikely = 0.5, finish = 'stop', waitsFor, late = [], queued = [], queuedMs = 1, adapters = [] } = answers[prompt];
      for (const position of queued) {
        await new Promise((resolve) => setTimeout(resolve));
        yield { type: 'queued', position };
      }
      yield { type: 'started', promptTokens: 20, baseHash: prompt, adapters: adapters.map((hash) => ({ summary: { hash } as AdapterSummary, scale: 1 })) };
      let soFar = 1;
      for (const piece of pieces) {
        if (piece instanceof Error) throw piece;
        if (typeof piece === 'number') soFar = piece;
        else yield { type: 'text', text: piece, tokens: 1, leastLikely: soFar };
      }
      if (waitsFor === 'abort') {
        await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
        stopped.push(prompt);
      } else if (waitsFor) await endings.get(waitsFor);
      for (const text of late) yield { type: 'text', text, tokens: 1, leastLikely: soFar };
      await new Promise((resolve) => setTimeout(resolve));
      ended.push(prompt);
      yield { type: 'ended', finish: waitsFor === 'abort' ? 'cancelled' : finish, timings: { ...TIMINGS, queuedMs, completionTokens: pieces.length }, leastLikely };
      after.get(prompt)!();
    },
  } as unknown as GenerationEngine;
  return { engine, stopped, ended };
}

const REQUESTS: TwoRequests = { reading: { prompt: 'reading' }, memory: { prompt: 'memory' }, margin: 1.5, ruleOut: () => null };

async function run(reading: Scripted, memory: Scripted, more: Partial<TwoRequests> = {}, signal = new AbortController().signal): Promise<ChosenEvent[]> {
  let clock = 0;
  const told: ChosenEvent[] = [];
  for await (const event of readOrRemember(engineOf({ reading, memory }).engine, { ...REQUESTS, ...more }, () => (clock += 10), signal)) told.push(event);
  return told;
}

/** What was told, each with who had ended by then. */
async function told(reading: Scripted, memory: Scripted, more: Partial<TwoRequests> = {}): Promise<{ text: string; ended: string }[]> {
  const { engine, ended } = engineOf({ reading, memory });
  const texts: { text: string; ended: string }[] = [];
  for await (const event of readOrRemember(engine, { ...REQUESTS, ...more }, () => 0, new AbortController().signal)) {
    if (event.type === 'text') texts.push({ text: event.text, ended: ended.join(' ') });
  }
  return texts;
}

const textOf = (events: readonly ChosenEvent[]): string => events.map((event) => (event.type === 'text' ? event.text : '')).join('');
const find = <Type extends ChosenEvent['type']>(events: readonly ChosenEvent[], type: Type) => events.find((event) => event.type === type)! as Extract<ChosenEvent, { type: Type }>;

describe('of an answer from passages and one from memory', () => {
  it('memory stands where it is so many times surer, and both are told at the end, the kept one first', async () => {
    const events = await run({ pieces: ['12', '% [1]'], leastLikely: 0.6 }, { pieces: ['11', '%'], leastLikely: 0.91 });
    expect(textOf(events)).toBe('11%');
    expect(find(events, 'chosen').writer).toBe('memory');
    expect(find(events, 'ended')).toMatchObject({ finish: 'stop', drafts: [{ writer: 'memory', text: '11%', leastLikely: 0.91 }, { writer: 'reading', text: '12% [1]', leastLikely: 0.6 }] });
    const hardly = await run({ pieces: ['12% [1]'], leastLikely: 0.6 }, { pieces: ['11%'], leastLikely: 0.89 });
    expect(textOf(hardly)).toBe('12% [1]');
    expect(find(hardly, 'ended').drafts!.map(({ writer }) => writer)).toEqual(['reading', 'memory']);
  });

  it('memory does not stand where it is ruled out, which is asked of the whole answer once', async () => {
    const asked: string[] = [];
    const events = await run({ pieces: ['12%'], leastLikely: 0.1 }, { pieces: ['11', '%'], leastLikely: 0.99 }, { ruleOut: (answer) => (asked.push(answer), 'figures') });
    expect([textOf(events), asked]).toEqual(['12%', ['11%']]);
    expect(find(events, 'ended').drafts).toEqual([{ writer: 'reading', text: '12%', leastLikely: 0.1 }, { writer: 'memory', text: '11%', leastLikely: 0.99, ruledOut: 'figures' }]);
  });

  it('the reading is told as it comes once memory is out', async () => {
    const texts = await told({ pieces: ['Tarif ', 'PPN '], waitsFor: 'memory', late: ['itu ', '12%'] }, { pieces: ['11%'] }, { ruleOut: () => 'figures' });
    expect(texts).toEqual(['Tarif PPN ', 'itu ', '12%'].map((text) => ({ text, ended: 'memory' })));
  });

  it('memory is told while the passages are still being read, once nothing read can be surer', async () => {
    const texts = await told({ pieces: ['Tarif ', 0.2, 'PPN '], leastLikely: 0.1, waitsFor: 'memory' }, { pieces: ['11%'], leastLikely: 0.9 });
    expect(texts).toEqual([{ text: '11%', ended: 'memory' }]);
    const unclear = await told({ pieces: ['Tarif ', 0.7, 'PPN '], leastLikely: 0.1, waitsFor: 'memory' }, { pieces: ['11%'], leastLikely: 0.9 });
    expect(unclear).toEqual([{ text: '11%', ended: 'memory reading' }]);
  });

  it('of one that had to be cut the other is kept, of two the reading', async () => {
    const sure = { pieces: ['ya ya ya'], leastLikely: 0.99, finish: 'length' as const };
    const cut = await run({ pieces: ['12%'], leastLikely: 0.2 }, sure);
    expect([textOf(cut), find(cut, 'ended').drafts![1].ruledOut]).toEqual(['12%', 'cut']);
    expect(textOf(await run(sure, { pieces: ['11%'], leastLikely: 0.2 }, { ruleOut: () => 'figures' }))).toBe('ya ya ya');
    expect(textOf(await run(sure, { pieces: ['11%'], leastLikely: 0.2 }))).toBe('11%');
    expect(textOf(await run({ ...sure, pieces: ['tidak'] }, sure))).toBe('tidak');
  });

  it('counts both prompts, the tokens of the kept answer, and times until something was told and until both were written', async () => {
    const events = await run({ pieces: ['1', '2', '%'], leastLikely: 0.9 }, { pieces: ['11%'], leastLikely: 0.1 });
    expect(find(events, 'started')).toMatchObject({ promptTokens: 40, baseHash: 'memory' });
    expect(events.filter(({ type }) => type === 'started')).toHaveLength(1);
    expect(find(events, 'ended').timings).toMatchObject({ promptTokens: 40, cachedPromptTokens: 10, completionTokens: 3, tokensPerSecond: null, timeToFirstTokenMs: 80, totalMs: 90 });
    expect(find(await run({ pieces: [] }, { pieces: [] }), 'ended').timings.timeToFirstTokenMs).toBeNull();
  });

  it('waits as long as the one that waits longer, and tells the later place of the two', async () => {
    const events = await run({ pieces: ['12%'], queued: [3, 2, 1], queuedMs: 40 }, { pieces: ['11%'], queued: [4, 2], queuedMs: 7 });
    expect(events.flatMap((event) => (event.type === 'queued' ? [event.position] : []))).toEqual([3, 4, 2, 1]);
    expect(find(events, 'ended').timings.queuedMs).toBe(40);
  });

  it.each([[['reader'], ['reader', 'pajak'], ['reader', 'pajak']], [['reader'], ['own'], ['reader', 'own']]])('names what wrote both, what was taught last: %j and %j', async (reading, memory, both) => {
    const events = await run({ pieces: ['12%'], adapters: reading }, { pieces: ['11%'], adapters: memory });
    expect(find(events, 'started').adapters.map(({ summary }) => summary.hash)).toEqual(both);
  });

  it('keeps whole what memory said when its reader leaves while the passages are still read', async () => {
    const leave = new AbortController();
    setTimeout(() => leave.abort(), 5);
    const events = await run({ pieces: [0.1, 'Tarif '], waitsFor: 'abort' }, { pieces: ['11%'], leastLikely: 0.9 }, {}, leave.signal);
    expect([textOf(events), find(events, 'ended').finish]).toEqual(['11%', 'cancelled']);
  });

  it.each([['abort', 'memory'], ['memory', 'abort']] as const)('keeps what was told when its reader leaves, and chooses nothing more: reading waits for %s', async (reading, memory) => {
    const leave = new AbortController();
    setTimeout(() => leave.abort(), 5);
    const pieces = ['Tarif ', '12%'];
    const events = await run({ pieces, waitsFor: reading === 'abort' ? 'abort' : undefined }, { pieces: ['11%'], waitsFor: memory === 'abort' ? 'abort' : undefined, leastLikely: 0.6 }, {}, leave.signal);
    expect(textOf(events)).toBe('');
    expect(find(events, 'ended')).toMatchObject({ finish: 'cancelled' });
    expect(find(events, 'ended')).not.toHaveProperty('drafts');
  });

  it('keeps the part that was told of an answer whose reader leaves', async () => {
    const leave = new AbortController();
    setTimeout(() => leave.abort(), 5);
    const events = await run({ pieces: ['Tarif '], waitsFor: 'abort' }, { pieces: ['11%'] }, { ruleOut: () => 'figures' }, leave.signal);
    expect([textOf(events), find(events, 'ended').finish]).toEqual(['Tarif ', 'cancelled']);
  });

  it('fails when one of them does, and stops the other', async () => {
    const { engine, stopped } = engineOf({ reading: { pieces: ['1'], waitsFor: 'abort' }, memory: { pieces: [new Error('no memory')] } });
    const reading = async (): Promise<void> => {
      for await (const event of readOrRemember(engine, REQUESTS, () => 0, new AbortController().signal)) void event;
    };
    await expect(reading()).rejects.toThrow('no memory');
    await new Promise((resolve) => setTimeout(resolve));
    expect(stopped).toEqual(['reading']);
  });
});
