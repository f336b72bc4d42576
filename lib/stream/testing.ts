/** Answers for the tests of this room. */
import type { AnswerEvent } from '../answer/events.ts';

export const ANSWER: readonly AnswerEvent[] = [
  { type: 'answer-queued', approach: 'rag', position: 1 },
  {
    type: 'passages-available',
    retrievalMs: 12.5,
    passages: [
      { id: 'ppn#1', documentId: 'ppn', documentTitle: 'PPN', headings: ['Tarif'], text: 'Tarif PPN 12 persen – “umum”.', rank: 1, score: 0.03, cosine: 0.9, bm25: null, used: true },
    ],
  },
  { type: 'answer-start', approach: 'rag', questionId: 'q1', promptTokens: 402, provenance: { baseHash: 'b', adapters: [{ name: 'reader', hash: 'r', strength: 1 }], promptHash: 'p', indexHash: 'i' }, adapter: null },
  { type: 'text-delta', text: 'Tarif PPN ' },
  { type: 'text-delta', text: 'adalah 12\u00a0persen 😀.' },
  { type: 'citation-available', passageId: 'ppn#1' },
  { type: 'supports-available', supports: [{ passageId: 'ppn#1', answer: { start: 0, end: 25 }, passage: { start: 0, end: 20 }, overlap: 0.8 }], figuresNotFound: ['12'] },
  {
    type: 'answer-end',
    finish: 'stop',
    timings: { queuedMs: 0, retrievalMs: 12.5, timeToFirstTokenMs: 210, totalMs: 640, promptTokens: 402, cachedPromptTokens: 0, completionTokens: 9, tokensPerSecond: 74.2 },
  },
];

export async function* replay(events: readonly AnswerEvent[]): AsyncGenerator<AnswerEvent> {
  for (const event of events) {
    await Promise.resolve();
    yield event;
  }
}

/** The same bytes in chunks of another size. */
export function rechunk(source: ReadableStream<Uint8Array>, size: number): ReadableStream<Uint8Array> {
  return source.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        for (let at = 0; at < chunk.length; at += size) controller.enqueue(chunk.slice(at, at + size));
      },
    }),
  );
}
