/** What the page asks of the server about workspaces. Nothing here throws. */
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { MakingEvent, WorkspaceList, WorkspaceView } from '@/lib/messages/workspaces.ts';
import { readProblem } from '@/lib/stream/ask.ts';
import { request, type Outcome } from '../training/requests.ts';

export type { Outcome };

const address = (name: string, below = '') => `/api/workspaces/${encodeURIComponent(name)}${below}`;

export const listWorkspaces = () => request<WorkspaceList>('/api/workspaces');
export const renameWorkspace = (name: string, title: string) => request<WorkspaceView>(address(name), { method: 'PATCH', body: { title } });
export const removeWorkspace = (name: string) => request<{ removed: string }>(address(name), { method: 'DELETE' });
export const resetWorkspace = (name: string) => request<WorkspaceView>(address(name, '/reset'), { method: 'POST' });
export const exportAddress = (name: string) => address(name, '/export');

export interface ListedDocument {
  readonly id: string;
  readonly title: string;
  readonly source?: string;
  readonly chunks: number;
}
const of = (workspace: string) => new URLSearchParams({ workspace });
export const listDocuments = (workspace: string) => request<{ documents: readonly ListedDocument[] }>(`/api/documents?${of(workspace)}`);
export const removeDocument = (workspace: string, id: string) => request<unknown>(`/api/documents/${encodeURIComponent(id)}?${of(workspace)}`, { method: 'DELETE' });

/** What the server is to make, and from what. */
export type Making =
  | { readonly kind: 'create' | 'add'; readonly name: string; readonly form: FormData }
  | { readonly kind: 'import'; readonly name: string; readonly file: File };

/** Tells of the work as it goes on; ends without an event of its own when `signal` is aborted. */
export async function* make(making: Making, signal: AbortSignal): AsyncGenerator<MakingEvent> {
  const failed = (problem: AnswerProblem): MakingEvent => ({ type: 'failed', problem });
  let reached = false;
  try {
    const response = await send(making, signal);
    reached = true;
    if (!response.ok || !response.body) return yield failed(await readProblem(response));
    let [rest, ended] = ['', false];
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        const event = JSON.parse(line) as MakingEvent;
        ended ||= event.type !== 'progress';
        yield event;
      }
    }
    if (!ended) yield failed({ code: 'connection-lost', message: 'The connection ended before the work did.' });
  } catch (error) {
    if (!signal.aborted) yield failed({ code: reached ? 'connection-lost' : 'unreachable', message: error instanceof Error ? error.message : String(error) });
  }
}

function send(making: Making, signal: AbortSignal): Promise<Response> {
  if (making.kind !== 'import') return fetch(making.kind === 'add' ? address(making.name, '/documents') : '/api/workspaces', { method: 'POST', body: making.form, signal });
  const asked = new URLSearchParams({ file: making.file.name, ...(making.name && { name: making.name }) });
  return fetch(`/api/workspaces?${asked}`, { method: 'POST', headers: { 'content-type': 'application/zip' }, body: making.file, signal });
}
