import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AnswerEvent } from '../answer/events.ts';
import { ask } from './ask.ts';
import { encodeAnswer } from './encode.ts';
import { ANSWER, replay } from './testing.ts';

afterEach(() => vi.unstubAllGlobals());

async function asked(fetched: () => Promise<Response>, signal = new AbortController().signal): Promise<AnswerEvent[]> {
  vi.stubGlobal('fetch', fetched);
  const events: AnswerEvent[] = [];
  for await (const event of ask('rag', { id: 'q', question: 'PPN?' }, signal)) events.push(event);
  return events;
}

/** The first parts of an answer; then the connection breaks, as a browser tells it. */
function broken(parts: number, atBreak: () => void = () => undefined): Response {
  const whole = encodeAnswer(replay(ANSWER), 'm').getReader();
  let sent = 0;
  return new Response(
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (sent++ < parts) return controller.enqueue((await whole.read()).value!);
        atBreak();
        controller.error(new TypeError('network error'));
      },
    }),
  );
}

const problemOf = (event: AnswerEvent | undefined) => (event?.type === 'answer-error' ? event.problem.code : event?.type);

describe('ask', () => {
  it('tells the answer as it was told', async () => {
    expect(await asked(async () => new Response(encodeAnswer(replay(ANSWER), 'm')))).toEqual(ANSWER);
  });

  it('calls a server unreachable only when nothing came from it', async () => {
    const events = await asked(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(events.map(problemOf)).toEqual(['unreachable']);
  });

  it.each([0, 4])('says that the connection was lost when it breaks after %i parts', async (parts) => {
    const events = await asked(async () => broken(parts));
    expect(problemOf(events.at(-1))).toBe('connection-lost');
    expect(events.slice(0, -1)).toEqual(ANSWER.slice(0, events.length - 1));
  });

  it('tells why it was refused', async () => {
    const refused = await asked(async () => Response.json({ error: { code: 'queue-full', message: 'Full.' } }, { status: 503 }));
    expect(refused).toEqual([{ type: 'answer-error', problem: { code: 'queue-full', message: 'Full.' } }]);
  });

  it('says nothing more once it is stopped', async () => {
    const stopped = new AbortController();
    expect((await asked(async () => broken(2, () => stopped.abort()), stopped.signal)).map(problemOf)).not.toContain('connection-lost');
    expect(await asked(() => Promise.reject(new DOMException('', 'AbortError')), stopped.signal)).toEqual([]);
  });
});
