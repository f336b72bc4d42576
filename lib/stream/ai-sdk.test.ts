/** The stream read by the Vercel AI SDK's own client, not by ours. */
import { DefaultChatTransport, parseJsonEventStream, readUIMessageStream, uiMessageChunkSchema, type UIMessage } from 'ai';
import { describe, expect, it } from 'vitest';
import { encodeAnswer, STREAM_HEADERS } from './encode.ts';
import { ANSWER, replay } from './testing.ts';

type AnswerMessage = UIMessage<unknown, { 'passages-available': { passages: { documentTitle: string }[] }; 'citation-available': { passageId: string }; 'answer-end': { timings: { totalMs: number } }; 'answer-error': { problem: { message: string } } }>;

async function readWithSdk(events = ANSWER): Promise<AnswerMessage> {
  const sent: unknown[] = [];
  const transport = new DefaultChatTransport<AnswerMessage>({
    api: '/api/rag',
    prepareSendMessagesRequest: ({ messages }) => ({ body: { question: messages.at(-1)!.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') } }),
    fetch: async (_address, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return new Response(encodeAnswer(replay(events), 'q1-rag'), { headers: STREAM_HEADERS });
    },
  });
  const stream = await transport.sendMessages({
    chatId: 'c',
    trigger: 'submit-message',
    messageId: undefined,
    abortSignal: undefined,
    messages: [{ id: 'u', role: 'user', parts: [{ type: 'text', text: 'Berapa tarif PPN?' }] }],
  });
  expect(sent).toEqual([{ question: 'Berapa tarif PPN?' }]);
  let last: AnswerMessage | undefined;
  for await (const message of readUIMessageStream<AnswerMessage>({ stream })) last = message;
  return last!;
}

describe('the AI SDK', () => {
  it('accepts every part by its schema', async () => {
    const parts = parseJsonEventStream({ stream: encodeAnswer(replay(ANSWER), 'm'), schema: uiMessageChunkSchema });
    const types: string[] = [];
    const reader = parts.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!next.value.success) throw next.value.error;
      types.push(next.value.value.type);
    }
    expect(types).toEqual([
      'start', 'data-answer-queued', 'data-passages-available', 'data-answer-start', 'text-start', 'text-delta', 'text-delta',
      'data-citation-available', 'data-supports-available', 'text-end', 'data-answer-end', 'finish',
    ]);
  });

  it('reads the answer as text and the rest as data', async () => {
    const message = await readWithSdk();
    expect(message.id).toBe('q1-rag');
    expect(message.parts.find((part) => part.type === 'text')).toMatchObject({ text: 'Tarif PPN adalah 12\u00a0persen 😀.', state: 'done' });
    expect(message.parts.find((part) => part.type === 'data-passages-available')?.data.passages[0].documentTitle).toBe('PPN');
    expect(message.parts.find((part) => part.type === 'data-citation-available')?.data.passageId).toBe('ppn#1');
    expect(message.parts.find((part) => part.type === 'data-answer-end')?.data.timings.totalMs).toBe(640);
  });

  it('reads a problem as data and a finished message', async () => {
    const message = await readWithSdk([{ type: 'answer-error', problem: { code: 'missing-artifact', message: 'No adapter.' } }]);
    expect(message.parts.find((part) => part.type === 'data-answer-error')?.data.problem.message).toBe('No adapter.');
  });
});
