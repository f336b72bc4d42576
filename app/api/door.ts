/** What every route does before and after its own work: refuse what cannot be used, tell failures as JSON. */
import { problemResponse } from '@/lib/stream/problem.ts';
import { BadInputError } from '@/lib/system/errors.ts';
import { isOwnHost, otherSite } from '../own-host.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/** Handlers for the methods a route does not have: 405, naming those it has. */
export function refuseAllBut(...allowed: Method[]): Record<Method, () => Response> {
  const allow = allowed.join(', ');
  const refuse = () =>
    problemResponse(new BadInputError(`This address takes ${allow} only.`, { httpStatus: 405, remedy: `Use ${allow}.` }), { allow });
  return Object.fromEntries(METHODS.map((method) => [method, refuse])) as Record<Method, () => Response>;
}

/** Runs a handler and turns what it throws into a response with the status its class decides. */
export function door<Context>(handler: (request: Request, context: Context) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      refuseOtherSites(request);
      return await handler(request, context);
    } catch (error) {
      return problemResponse(error);
    }
  };
}

/** A request must name a host of our own, and come from our own page when it says where it comes from. */
function refuseOtherSites(request: Request): void {
  const host = request.headers.get('host');
  const origin = request.headers.get('origin');
  if (isOwnHost(host) && (origin === null || origin === `http://${host}` || origin === `https://${host}`)) return;
  throw otherSite();
}

/**
 * The JSON body of a request.
 * @throws BadInputError 415 for another content type, 413 above `limit` bytes, 400 for text that is not JSON.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const bytes = await readBytes(request, 'application/json', limit);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new BadInputError('The request is not valid JSON.', { cause, remedy: 'Send {"question": "Apa perbedaan PPN dan PPh?"}' });
  }
}

/**
 * The body of a request of one content type.
 * @throws BadInputError 415 for another one, 413 above `limit` bytes.
 */
export async function readBytes(request: Request, expected: string, limit: number): Promise<Uint8Array> {
  const type = request.headers.get('content-type')?.split(';')[0].trim().toLowerCase();
  if (type !== expected)
    throw new BadInputError(`The content type is ${type ?? 'missing'}.`, { httpStatus: 415, remedy: `Send it with the header "content-type: ${expected}".` });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit) throw new BadInputError(`The request is larger than ${limit} bytes.`, { httpStatus: 413, remedy: 'Shorten it.', detail: { id: 'request-too-large', facts: { bytes: limit } } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
