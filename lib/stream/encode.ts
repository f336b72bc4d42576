import type { AnswerEvent } from '../answer/events.ts';
import { encodeServerSentEvent } from './sse.ts';

/**
 * Headers of an answer's stream: server-sent events in the Vercel AI SDK's UI message stream protocol, version 1.
 * `X-Accel-Buffering` and `no-transform` keep proxies from holding tokens back.
 */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  'x-vercel-ai-ui-message-stream': 'v1',
} as const;

const TEXT_ID = 'answer';

/**
 * The parts of one answer. Text travels as the protocol's text parts; every other event as a data part named
 * `data-` and the event's type, so that a client of the SDK sees the answer as text and the rest as typed data.
 */
async function* toParts(events: AsyncIterable<AnswerEvent>, messageId: string): AsyncGenerator<object> {
  yield { type: 'start', messageId };
  let open = false;
  let finishReason = 'other';
  for await (const event of events) {
    if (event.type === 'text-delta') {
      if (!open) yield { type: 'text-start', id: TEXT_ID };
      open = true;
      yield { type: 'text-delta', id: TEXT_ID, delta: event.text };
      continue;
    }
    const ends = event.type === 'answer-end' || event.type === 'answer-error';
    if (ends && open) yield { type: 'text-end', id: TEXT_ID };
    if (event.type === 'answer-end' && event.finish !== 'cancelled') finishReason = event.finish;
    if (event.type === 'answer-error') finishReason = 'error';
    const { type, ...data } = event;
    yield { type: `data-${type}`, data };
    if (ends) break;
  }
  yield { type: 'finish', finishReason };
}

/**
 * The bytes of one answer. Calls `cancel` when the reader leaves, so that generation ends; an approach that
 * breaks its promise and throws becomes an `answer-error` instead of a broken connection.
 */
export function encodeAnswer(events: AsyncIterable<AnswerEvent>, messageId: string, cancel?: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const parts = toParts(guarded(events), messageId);
  const send = (part: object | '[DONE]') => encoder.encode(encodeServerSentEvent(part === '[DONE]' ? part : JSON.stringify(part)));
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next();
      if (!next.done) return controller.enqueue(send(next.value));
      controller.enqueue(send('[DONE]'));
      controller.close();
    },
    async cancel() {
      cancel?.();
      await parts.return(undefined);
    },
  });
}

async function* guarded(events: AsyncIterable<AnswerEvent>): AsyncGenerator<AnswerEvent> {
  try {
    yield* events;
  } catch (error) {
    console.error(error);
    const message = error instanceof Error ? error.message : String(error);
    yield { type: 'answer-error', problem: { code: 'internal', message } };
  }
}
