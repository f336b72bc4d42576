/** For tests: arms that answer each question with the events given for its text. */
import type { Approach } from '../answer/approach.ts';
import type { AnswerEvent, AnswerTimings, ApproachId } from '../answer/events.ts';

export function scripted(id: ApproachId, script: Readonly<Record<string, readonly AnswerEvent[]>>): Approach {
  return {
    id,
    label: { id, en: id },
    async *answer(question) {
      yield { type: 'answer-start', approach: id, questionId: question.id, promptTokens: 5, adapter: null, provenance: { baseHash: 'model', adapters: [{ name: 'reader', hash: 'r', strength: 1 }], promptHash: 'p', indexHash: id === 'rag' ? 'index' : null } };
      yield* script[question.text];
    },
  };
}

const timings = (totalMs: number): AnswerTimings => ({ queuedMs: 0, timeToFirstTokenMs: 10, totalMs, promptTokens: 5, cachedPromptTokens: 0, completionTokens: 2, tokensPerSecond: null });

export const says = (text: string, totalMs = 100): AnswerEvent[] => [
  { type: 'text-delta', text: text.slice(0, 3) },
  { type: 'text-delta', text: text.slice(3) },
  { type: 'answer-end', finish: 'stop', timings: timings(totalMs) },
];

export const cites = (document: string): AnswerEvent => ({ type: 'citation-available', passageId: `${document}#0` });

/** Passages of these documents, best first; the first two are read. */
export const finds = (...documents: string[]): AnswerEvent => ({
  type: 'passages-available',
  retrievalMs: 4,
  passages: documents.map((documentId, at) => ({ id: `${documentId}#0`, documentId, documentTitle: documentId, headings: [], text: `Isi ${documentId}: 11% sejak 1 April 2022`, rank: at + 1, score: 1 / (at + 1), cosine: null, bm25: null, used: at < 2 })),
});
