import type { DocumentChange, DocumentView } from '../answer/comparison.ts';
import type { AnswerProblem } from '../answer/events.ts';
import { readProblem } from './ask.ts';

/** A value, or why there is none. */
export type Outcome<Value> = { readonly value: Value } | { readonly problem: AnswerProblem };

const addressOf = (id: string, workspace?: string) =>
  `/api/documents/${encodeURIComponent(id)}${workspace === undefined ? '' : `?${new URLSearchParams({ workspace })}`}`;

/** The whole document with this id. Never throws. */
export const readDocument = (id: string, workspace?: string): Promise<Outcome<DocumentView>> => request(addressOf(id, workspace));

/** Replaces a document's text; resolves once the next question sees it. Never throws. */
export const saveDocument = (id: string, text: string, workspace?: string): Promise<Outcome<DocumentChange>> =>
  request(addressOf(id, workspace), { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text }) });

async function request<Value>(address: string, init?: RequestInit): Promise<Outcome<Value>> {
  try {
    const response = await fetch(address, init);
    return response.ok ? { value: await response.json() } : { problem: await readProblem(response) };
  } catch (error) {
    return { problem: { code: 'unreachable', message: error instanceof Error ? error.message : String(error) } };
  }
}
