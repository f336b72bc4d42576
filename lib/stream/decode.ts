import type { AnswerEvent } from '../answer/events.ts';
import { serverSentEvents } from './sse.ts';

/** Event types that travel as data parts. The compiler keeps the list complete. */
const DATA_EVENTS: Record<Exclude<AnswerEvent['type'], 'text-delta'>, true> = {
  'answer-queued': true,
  'passages-available': true,
  'answer-start': true,
  'citation-available': true,
  'supports-available': true,
  'drafts-available': true,
  'answer-end': true,
  'answer-error': true,
};

/**
 * The events of one answer, read back from its stream. Always ends with `answer-end` or `answer-error`: a
 * connection that breaks off is reported as a problem, never as a short answer.
 */
export async function* decodeAnswer(stream: ReadableStream<Uint8Array>): AsyncGenerator<AnswerEvent> {
  for await (const data of serverSentEvents(stream)) {
    if (data === '[DONE]') break;
    const event = toEvent(JSON.parse(data));
    if (event === null) continue;
    yield event;
    if (event.type === 'answer-end' || event.type === 'answer-error') return;
  }
  yield { type: 'answer-error', problem: { code: 'connection-lost', message: 'The connection ended before the answer did.' } };
}

interface Part {
  readonly type: string;
  readonly delta?: string;
  readonly errorText?: string;
  readonly data?: object;
}

/** `null` for the parts that only frame the message. */
function toEvent(part: Part): AnswerEvent | null {
  if (part.type === 'text-delta') return { type: 'text-delta', text: part.delta ?? '' };
  if (part.type === 'error') return { type: 'answer-error', problem: { code: 'stream-error', message: part.errorText ?? '' } };
  const name = part.type.replace(/^data-/, '');
  return name !== part.type && name in DATA_EVENTS ? ({ type: name, ...part.data } as AnswerEvent) : null;
}
