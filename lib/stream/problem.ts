import { ProductError } from '../system/errors.ts';
import { toProblem } from '../system/problem.ts';

/** A failed request as JSON: `{ "error": { code, message, remedy? } }` with the status its class decides. */
export function problemResponse(error: unknown, headers?: Record<string, string>): Response {
  const status = error instanceof ProductError ? error.httpStatus : 500;
  if (status >= 500) console.error(error);
  return Response.json({ error: toProblem(error) }, { status, headers });
}
