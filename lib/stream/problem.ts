import type { AnswerProblem } from '../answer/events.ts';
import { ProductError } from '../system/errors.ts';

/** What a failure tells a person. Unknown errors keep their message: the server is the reader's own machine. */
export function toProblem(error: unknown): AnswerProblem {
  if (error instanceof ProductError) return { code: error.code, message: error.message, ...(error.remedy && { remedy: error.remedy }), ...(error.detail && { detail: error.detail }) };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** A failed request as JSON: `{ "error": { code, message, remedy? } }` with the status its class decides. */
export function problemResponse(error: unknown, headers?: Record<string, string>): Response {
  const status = error instanceof ProductError ? error.httpStatus : 500;
  if (status >= 500) console.error(error);
  return Response.json({ error: toProblem(error) }, { status, headers });
}
