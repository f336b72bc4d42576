import { z } from 'zod';
import type { AnswerOptions, Question } from '../answer/approach.ts';
import { WORKSPACE_NAME } from '../messages/workspaces.ts';
import { BadInputError } from '../system/errors.ts';
import { detectLanguage } from './language.ts';
import { QUESTION_LIMIT, STRENGTH_LIMIT } from './limit.ts';

const EXAMPLE = '{"question": "Apa perbedaan PPN dan PPh?"}';

/** Of an adapter, or of a checkpoint. */
const TAUGHT_NAME = /^(\w[\w.-]{0,63}|run-[\w-]{1,60}@\d{1,9})$/;

const questionBody = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, "-" or "_"').optional(),
  question: z.string('must be a string'),
  language: z.enum(['id', 'en'], 'must be "id" or "en"').optional(),
  temperature: z.number('must be a number from 0 to 2').min(0, 'must be 0 or more').max(2, 'must be 2 or less').optional(),
  seed: z.int('must be a whole number from 0 to 4294967295').min(0).max(0xffffffff).optional(),
  workspace: z.string('must be the name of a workspace').regex(WORKSPACE_NAME, 'must be the name of a workspace, e.g. "pajak"').optional(),
  adapter: z.string('must be the name of an adapter').regex(TAUGHT_NAME, 'must be the name of an adapter, e.g. "pajak", or of a checkpoint, e.g. "run-3f2a@120"').optional(),
  strength: z.number(`must be a number from 0 to ${STRENGTH_LIMIT}`).min(0, 'must be 0 or more').max(STRENGTH_LIMIT, `must be ${STRENGTH_LIMIT} or less`).optional(),
});

/**
 * Checks the body of a request to any arm's route and returns the question with its options.
 * The text is normalised (NFC) and loses control characters; the language is detected unless given.
 * @throws BadInputError naming the field and what would work.
 */
export function parseQuestion(body: unknown): { question: Question; options: AnswerOptions } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new BadInputError('The request must be a JSON object with a question.', { remedy: `Send ${EXAMPLE}` });
  const result = questionBody.safeParse(body);
  if (!result.success) {
    const issue = result.error.issues[0];
    const field = issue.path.join('.') || 'body';
    throw new BadInputError(`"${field}" ${field in body ? issue.message : 'is missing'}.`, { remedy: `Send ${EXAMPLE}` });
  }
  const { id, question, language, ...options } = result.data;
  const text = cleanText(question);
  return { question: { id: id ?? crypto.randomUUID(), text, language: language ?? detectLanguage(text) }, options };
}

function cleanText(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    // Control and invisible formatting characters, which neither a reader nor the model can see.
    .replace(/[\p{Cc}\p{Cs}\u200B\u2060\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .trim();
  if (clean === '') throw new BadInputError('The question is empty. Write a question of 1 to 500 characters.', { remedy: `Send ${EXAMPLE}`, detail: { id: 'question-empty', facts: { limit: QUESTION_LIMIT } } });
  const length = [...clean].length;
  if (length > QUESTION_LIMIT)
    throw new BadInputError(`The question has ${length} characters; ${QUESTION_LIMIT} is the most that can be asked at once. Shorten it.`, { detail: { id: 'question-too-long', facts: { length, limit: QUESTION_LIMIT } } });
  return clean;
}
