import type { AnswerProblem } from '../answer/events.ts';
import { ProductError } from './errors.ts';

/** What a failure tells a person. Errors that nobody foresaw keep their message, under `code`: the server is the reader's own machine. */
export function toProblem(error: unknown, code = 'internal'): AnswerProblem {
  if (error instanceof ProductError) return { code: error.code, message: error.message, ...(error.remedy && { remedy: error.remedy }), ...(error.detail && { detail: error.detail }) };
  return { code, message: error instanceof Error ? error.message : String(error) };
}
