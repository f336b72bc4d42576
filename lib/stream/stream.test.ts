import { describe, expect, it, vi } from 'vitest';
import type { AnswerEvent } from '../answer/events.ts';
import { decodeAnswer } from './decode.ts';
import { encodeAnswer } from './encode.ts';
import { ANSWER, rechunk, replay } from './testing.ts';

async function collect(events: AsyncIterable<AnswerEvent>): Promise<AnswerEvent[]> {
  const collected: AnswerEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

describe('an answer on the wire', () => {
  it.each([1, 3, 64, 100_000])('arrives as it was told, in chunks of %i bytes', async (size) => {
    expect(await collect(decodeAnswer(rechunk(encodeAnswer(replay(ANSWER), 'm'), size)))).toEqual(ANSWER);
  });

  it('ends with its problem', async () => {
    const events: AnswerEvent[] = [ANSWER[3], { type: 'answer-error', problem: { code: 'queue-full', message: 'Full.', remedy: 'Wait.' } }];
    expect(await collect(decodeAnswer(encodeAnswer(replay(events), 'm')))).toEqual(events);
  });

  it('that breaks off ends with a problem, never as a short answer', async () => {
    const events = await collect(decodeAnswer(encodeAnswer(replay(ANSWER.slice(0, 4)), 'm')));
    expect(events.at(-1)).toMatchObject({ type: 'answer-error', problem: { code: 'connection-lost' } });
  });

  it('turns an approach that throws into a problem', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    async function* broken(): AsyncGenerator<AnswerEvent> {
      yield ANSWER[3];
      throw new Error('Out of ink.');
    }
    const events = await collect(decodeAnswer(encodeAnswer(broken(), 'm')));
    expect(events.at(-1)).toEqual({ type: 'answer-error', problem: { code: 'internal', message: 'Out of ink.' } });
  });

  it('stops being made when its reader leaves', async () => {
    const left = new AbortController();
    let made = 0;
    async function* endless(): AsyncGenerator<AnswerEvent> {
      while (!left.signal.aborted) {
        made += 1;
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield { type: 'text-delta', text: 'x' };
      }
    }
    for await (const event of decodeAnswer(encodeAnswer(endless(), 'm', () => left.abort()))) if (event.type === 'text-delta') break;
    expect(left.signal.aborted).toBe(true);
    const then = made;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made).toBeLessThanOrEqual(then + 1);
  });
});
