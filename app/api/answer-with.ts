import type { ApproachId } from '@/lib/answer/events.ts';
import { parseQuestion } from '@/lib/question/question.ts';
import { encodeAnswer, STREAM_HEADERS } from '@/lib/stream/encode.ts';
import { approach } from './approaches.ts';
import { door, readJson } from './door.ts';

const QUESTION_BYTES = 16 * 1024;

/** The handler of one answer's route. Generation ends when the reader leaves. */
export const answerWith = (id: ApproachId) =>
  door(async (request) => {
    const { question, options } = parseQuestion(await readJson(request, QUESTION_BYTES));
    const left = new AbortController();
    const signal = AbortSignal.any([request.signal, left.signal]);
    const events = (await approach(id)).answer(question, options, signal);
    return new Response(encodeAnswer(events, `${question.id}-${id}`, () => left.abort()), { headers: STREAM_HEADERS });
  });
