import { describe, expect, it } from 'vitest';
import { BadInputError, EngineError, QueueFullError } from '../system/errors.ts';
import { Scheduler, type SchedulerSettings } from './scheduler.ts';
import type { ScheduledRequest } from './sequence.ts';
import type { Row } from './step-model.ts';
import { promptFor, ScriptedModel, scriptedBytes } from './testing/scripted-model.ts';
import type { GenerationEvent } from './types.ts';

const SCRIPTS = ['satu dua tiga', 'PPN adalah pajak atas konsumsi.', 'a\n\nPertanyaan: b', '😀', ''];

function setUp(settings: Partial<SchedulerSettings> = {}, scripts = SCRIPTS) {
  const model = new ScriptedModel(scripts);
  let now = 0;
  model.before = () => void (now += 10);
  const scheduler = new Scheduler({ model, baseHash: 'base', tokenBytes: scriptedBytes, settings, clock: () => now });
  const ask = (tokens: readonly number[], options: Partial<ScheduledRequest> = {}, signal?: AbortSignal) =>
    scheduler.generate({ tokens, adapters: [], maxNewTokens: 96, minNewTokens: 0, tellLeastLikely: false, temperature: 0, seed: 0, stop: [], arrivedAt: now, ...options }, signal);
  return { model, scheduler, ask };
}

async function collect(events: AsyncIterable<GenerationEvent>) {
  const all: GenerationEvent[] = [];
  for await (const event of events) all.push(event);
  const text = all.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const last = all.at(-1);
  if (last?.type !== 'ended') throw new Error('The last event is not "ended".');
  return { all, text, finish: last.finish, timings: last.timings, leastLikely: last.leastLikely };
}

describe('one request', () => {
  it('tells the start, the text as it comes, and the end', async () => {
    const { model, ask } = setUp();
    const { all, text, finish } = await collect(ask(promptFor(0)));
    expect(all[0]).toEqual({ type: 'started', promptTokens: 4, baseHash: 'base', adapters: [] });
    expect(all.slice(1, 4)).toEqual(['s', 'a', 't'].map((letter) => ({ type: 'text', text: letter, tokens: 1, leastLikely: null })));
    expect({ text, finish }).toEqual({ text: 'satu dua tiga', finish: 'stop' });
    expect(model.openRows.size).toBe(0);
  });

  it('measures by its own clock', async () => {
    const { timings } = await collect(setUp({ chunkTokens: 100 }).ask(promptFor(0, 250)));
    // Three chunks of 10 ms, then one step a token; the step that gives the end token comes last.
    expect(timings).toEqual({ queuedMs: 0, promptTokens: 250, cachedPromptTokens: 0, completionTokens: 13, timeToFirstTokenMs: 30, totalMs: 160, tokensPerSecond: 100 });
  });

  it('has no speed and no first token when the answer is empty', async () => {
    const { timings, text, finish } = await collect(setUp().ask(promptFor(4)));
    expect({ text, finish }).toEqual({ text: '', finish: 'stop' });
    expect(timings).toMatchObject({ completionTokens: 0, timeToFirstTokenMs: null, tokensPerSecond: null });
  });

  it('tells how likely the least likely token was, the one that closes the answer included', async () => {
    const told = async (after: number, score: number) => {
      const { model, ask } = setUp({}, ['satu dua tig']);
      const { step } = model;
      // The token after this one is less likely than all others are.
      model.step = async (rows, tokens) => {
        const scores = await step.call(model, rows, tokens);
        return scores.map((row, index) => (tokens[index] === after ? row.map((each) => Math.min(each, score)) : row));
      };
      return collect(ask(promptFor(0), { tellLeastLikely: true }));
    };
    const leastLikely = async (after: number, score: number): Promise<number | null> => (await told(after, score)).leastLikely;
    const likely = (score: number): number => Math.exp(score) / (Math.exp(score) + 256);
    expect(await leastLikely(-1, 0)).toBeCloseTo(likely(10), 4);
    expect(await leastLikely('d'.charCodeAt(0), 8)).toBeCloseTo(likely(8), 4);
    expect(await leastLikely('g'.charCodeAt(0), 9)).toBeCloseTo(likely(9), 4);
    // With each piece, of the tokens so far.
    const soFar = (await told('d'.charCodeAt(0), 8)).all.flatMap((event) => (event.type === 'text' ? [event.leastLikely!] : []));
    expect([soFar[5], soFar[6]].map((each) => each.toFixed(4))).toEqual([likely(10), likely(8)].map((each) => each.toFixed(4)));
    expect((await collect(setUp().ask(promptFor(0)))).leastLikely).toBeNull();
  });

  it('stops before a stop string', async () => {
    const { text, finish } = await collect(setUp().ask(promptFor(2), { stop: ['\n\nPertanyaan:'] }));
    expect({ text, finish }).toEqual({ text: 'a', finish: 'stop' });
  });

  it('stops at the token limit, and gives out what only looked like a stop string', async () => {
    const { text, finish, timings } = await collect(setUp().ask(promptFor(2), { stop: ['\n\nPertanyaan:'], maxNewTokens: 3 }));
    expect({ text, finish, tokens: timings.completionTokens }).toEqual({ text: 'a\n\n', finish: 'length', tokens: 3 });
  });

  it('counts the tokens of a character that came in bytes', async () => {
    const { all } = await collect(setUp().ask(promptFor(3)));
    expect(all.filter((event) => event.type === 'text')).toEqual([{ type: 'text', text: '😀', tokens: 4, leastLikely: null }]);
  });

  it('does not close itself before the least number of tokens', async () => {
    const { finish, timings } = await collect(setUp({}, ['a']).ask(promptFor(0), { minNewTokens: 1, maxNewTokens: 5 }));
    expect({ finish, tokens: timings.completionTokens }).toEqual({ finish: 'stop', tokens: 1 });
    const { model, ask } = setUp();
    model.extend = async () => Float32Array.from({ length: 257 }, (_, token) => (token === 256 ? 2 : token === 97 ? 1 : 0));
    model.step = async (rows) => rows.map(() => Float32Array.from({ length: 257 }, (_, token) => (token === 256 ? 2 : token === 97 ? 1 : 0)));
    expect(await collect(ask(promptFor(0), { minNewTokens: 3 }))).toMatchObject({ text: 'aaa', finish: 'stop' });
  });

  it('reads only what no earlier request has read', async () => {
    const { model, ask } = setUp({ chunkTokens: 10 });
    model.resume = async (_row, prompt, chunk) => Math.floor((prompt.length - 1) / chunk) * chunk;
    const { text, timings } = await collect(ask(promptFor(0, 48)));
    expect({ text, cached: timings.cachedPromptTokens }).toEqual({ text: 'satu dua tiga', cached: 40 });
    expect(model.calls[0]).toEqual({ kind: 'extend', row: 1, tokens: 8 });
  });

  it('never runs past the context', async () => {
    const { finish, timings } = await collect(setUp().ask(promptFor(1, 995)));
    expect({ finish, tokens: timings.completionTokens }).toEqual({ finish: 'length', tokens: 5 });
  });

  it('refuses a prompt that leaves no room', () => {
    expect(() => setUp().ask(promptFor(0, 1000))).toThrow(BadInputError);
    expect(() => setUp().ask(promptFor(0, 1000))).toThrow('1000 tokens');
  });
});

describe('several requests', () => {
  it('starts the short one at once and writes both together', async () => {
    const { model, ask } = setUp();
    const [long, short] = await Promise.all([collect(ask(promptFor(1, 480))), collect(ask(promptFor(0, 15)))]);
    expect([long.text, short.text]).toEqual([SCRIPTS[1], SCRIPTS[0]]);
    expect(model.calls[0]).toEqual({ kind: 'extend', row: 2, tokens: 15 });
    expect(short.timings.timeToFirstTokenMs).toBe(10);
    // While the long prompt is read, a step of the short one follows every chunk; then the two share their steps.
    expect(model.calls.slice(1, 8)).toEqual([
      { kind: 'step', rows: [2] },
      { kind: 'extend', row: 1, tokens: 128 },
      { kind: 'step', rows: [2] },
      { kind: 'extend', row: 1, tokens: 128 },
      { kind: 'step', rows: [2] },
      { kind: 'extend', row: 1, tokens: 128 },
      { kind: 'step', rows: [2] },
    ]);
    expect(model.calls.filter((call) => call.kind === 'step' && call.rows.length === 2).length).toBeGreaterThan(7);
  });

  it('reads a long prompt although short ones keep coming', async () => {
    const { model, ask } = setUp({ activeLimit: 2, chunkTokens: 10 });
    const long = collect(ask(promptFor(0, 40)));
    const short = Array.from({ length: 12 }, () => collect(ask(promptFor(0, 5), { maxNewTokens: 1 })));
    await long;
    const reads = model.calls.filter((call) => call.kind === 'extend');
    const last = reads.findLastIndex((call) => call.row === 1);
    expect(reads.slice(0, last).filter((call) => call.row !== 1).length).toBeLessThan(13);
    expect(reads.findIndex((call) => call.row === 1)).toBe(3);
    await Promise.all(short);
  });

  it('takes turns in the order of arrival and tells the place in the queue', async () => {
    const { ask } = setUp({ activeLimit: 1 });
    const order: number[] = [];
    const answers = await Promise.all([0, 1, 2].map((index) => collect(ask(promptFor(index))).then((answer) => (order.push(index), answer))));
    expect(order).toEqual([0, 1, 2]);
    const positions = answers.map(({ all }) => all.flatMap((event) => (event.type === 'queued' ? [event.position] : [])));
    expect(positions).toEqual([[], [1], [2, 1]]);
    expect(answers[1].timings.queuedMs).toBeGreaterThan(0);
  });

  it('refuses what the queue cannot hold, and takes more once there is room', async () => {
    const { ask } = setUp({ activeLimit: 1, queueLimit: 1 });
    const [first, second] = [collect(ask(promptFor(0))), collect(ask(promptFor(0)))];
    expect(() => ask(promptFor(0))).toThrow(QueueFullError);
    await Promise.all([first, second]);
    expect((await collect(ask(promptFor(0)))).text).toBe(SCRIPTS[0]);
  });

  it('does not wait for a slow reader', async () => {
    const { ask } = setUp();
    const slow = ask(promptFor(1));
    expect((await collect(ask(promptFor(0)))).text).toBe(SCRIPTS[0]);
    expect((await collect(slow)).text).toBe(SCRIPTS[1]);
  });

  it('gives a sampled answer that does not depend on its neighbours', async () => {
    const sampled = { temperature: 5, seed: 3, maxNewTokens: 20 };
    /** Scores that leave much to chance, and depend on how far the row is. */
    const undecided = async (rows: readonly Row[]) =>
      rows.map((row) => Float32Array.from({ length: 128 }, (_, token) => (token > 31 ? (row.length + token) % 5 : -Infinity)));
    const [alone, beside] = [setUp(), setUp()];
    alone.model.step = undecided;
    beside.model.step = undecided;
    const expected = (await collect(alone.ask(promptFor(0), sampled))).text;
    const [answer] = await Promise.all([collect(beside.ask(promptFor(0), sampled)), collect(beside.ask(promptFor(1), { ...sampled, seed: 4 }))]);
    expect(answer.text).toBe(expected);
  });
});

describe('leaving', () => {
  it('stops reading a prompt within a chunk', async () => {
    const { model, ask } = setUp({ chunkTokens: 10 });
    const controller = new AbortController();
    model.before = () => void (model.calls.length === 2 && controller.abort());
    const { finish, text } = await collect(ask(promptFor(0, 500), {}, controller.signal));
    expect({ finish, text, calls: model.calls.length }).toEqual({ finish: 'cancelled', text: '', calls: 3 });
    expect(model.openRows.size).toBe(0);
  });

  it('stops writing within a token, and the other goes on', async () => {
    const { model, ask } = setUp();
    const controller = new AbortController();
    const other = collect(ask(promptFor(1)));
    let text = '';
    for await (const event of ask(promptFor(0), {}, controller.signal)) {
      if (event.type === 'text') text += event.text;
      if (text === 'sa') controller.abort();
      if (event.type === 'ended') expect(event.finish).toBe('cancelled');
    }
    expect(text.length).toBeLessThanOrEqual(3);
    expect((await other).text).toBe(SCRIPTS[1]);
    expect(model.openRows.size).toBe(0);
  });

  it('leaves the queue at once', async () => {
    const { model, ask } = setUp({ activeLimit: 1 });
    const first = collect(ask(promptFor(0)));
    const controller = new AbortController();
    const waiting = collect(ask(promptFor(1), {}, controller.signal));
    controller.abort();
    expect((await waiting).finish).toBe('cancelled');
    expect(model.calls).toHaveLength(0);
    await first;
    expect(new Set(model.calls.map((call) => (call.kind === 'extend' ? call.row : call.rows[0])))).toEqual(new Set([1]));
  });

  it('asks nothing of the model for a reader who has already left', async () => {
    const { model, ask } = setUp();
    expect((await collect(ask(promptFor(0), {}, AbortSignal.abort()))).finish).toBe('cancelled');
    expect(model.calls).toHaveLength(0);
  });

  it('answers the next reader after one who had left before anything began, and after one whose row could not be opened', async () => {
    const { model, ask } = setUp();
    const answered = async (): Promise<string> => Promise.race([collect(ask(promptFor(0))).then(({ text }) => text), new Promise<string>((resolve) => setTimeout(resolve, 2000, 'never'))]);
    await collect(ask(promptFor(0), {}, AbortSignal.abort()));
    expect(await answered()).toBe(SCRIPTS[0]);
    const open = model.openRow.bind(model);
    model.openRow = () => {
      model.openRow = open;
      throw new Error('its adapter is gone');
    };
    await expect(collect(ask(promptFor(0)))).rejects.toThrow('its adapter is gone');
    expect(await answered()).toBe(SCRIPTS[0]);
  });

  it('ends everybody when it closes, and takes nobody after', async () => {
    const { model, scheduler, ask } = setUp({ activeLimit: 1 });
    const answers = [collect(ask(promptFor(0))), collect(ask(promptFor(1)))];
    await scheduler.close();
    expect((await Promise.all(answers)).map(({ finish }) => finish)).toEqual(['cancelled', 'cancelled']);
    expect(model.openRows.size).toBe(0);
    expect(() => ask(promptFor(0))).toThrow(EngineError);
  });
});

describe('a model that fails', () => {
  it('in a step ends those in it with an error, and the next question is answered', async () => {
    const { model, ask } = setUp();
    model.before = (call) => {
      if (call.kind === 'step' && call.rows.length === 2) throw new Error('out of memory');
    };
    const both = [collect(ask(promptFor(0))), collect(ask(promptFor(1)))];
    for (const answer of both) {
      const error = await answer.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(EngineError);
      expect(error).toMatchObject({ message: expect.stringContaining('out of memory'), remedy: expect.stringContaining('npm start') });
    }
    expect(model.openRows.size).toBe(0);
    expect((await collect(ask(promptFor(0)))).text).toBe(SCRIPTS[0]);
  });

  it('on one prompt leaves the other answer alone', async () => {
    const { model, ask } = setUp();
    model.before = (call) => {
      if (call.kind === 'extend' && call.row === 1) throw new Error('bad prompt');
    };
    const failing = collect(ask(promptFor(0)));
    const other = collect(ask(promptFor(1)));
    await expect(failing).rejects.toThrow('bad prompt');
    expect((await other).text).toBe(SCRIPTS[1]);
  });

  it('with scores that are not numbers says so', async () => {
    const { model, ask } = setUp();
    model.step = async (rows) => rows.map(() => new Float32Array(5).fill(NaN));
    await expect(collect(ask(promptFor(0)))).rejects.toThrow('not a number');
  });
});
