import type { AnswerEvent, AnswerProblem, ApproachId } from '../answer/events.ts';
import { decodeAnswer } from './decode.ts';

/** What may be chosen besides the question; see AnswerOptions. */
export interface AskOptions {
  readonly workspace?: string;
  readonly adapter?: string;
  readonly strength?: number;
}

export interface AskBody extends AskOptions {
  readonly id: string;
  readonly question: string;
  readonly language?: 'id' | 'en';
}

/**
 * Asks one route and yields its events. Never throws: a refused request, an unreachable server, a connection that breaks and an
 * aborted signal come as the last event (`answer-error`, or nothing more after an abort).
 */
export async function* ask(approach: ApproachId, body: AskBody, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  let reached = false;
  try {
    const response = await fetch(`/api/${approach}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    reached = true;
    if (response.ok && response.body) yield* decodeAnswer(response.body);
    else yield { type: 'answer-error', problem: await readProblem(response) };
  } catch (error) {
    if (signal.aborted) return;
    yield { type: 'answer-error', problem: { code: reached ? 'connection-lost' : 'unreachable', message: error instanceof Error ? error.message : String(error) } };
  }
}

/** The problem in a failed response, or one made from its status when the body is something else. */
export async function readProblem(response: Response): Promise<AnswerProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const { error } = body;
    if (typeof error === 'object' && error !== null && 'message' in error) return error as AnswerProblem;
  }
  return { code: `http-${response.status}`, message: `The server answered ${response.status} ${response.statusText}.`.replace(' .', '.') };
}
