/** What the training page asks of the server. Nothing here throws: a failure comes back as a problem with its remedy. */
import type { AdapterList, AdapterView } from '@/lib/messages/adapters.ts';
import type { ExampleDraft, ExampleImport, ExampleImportReport, ExampleList, ExampleRow, ExampleSplit } from '@/lib/messages/examples.ts';
import type { TrainingAction, TrainingOverview, TrainingRequest, TrainingRunDetail, TrainingRunSummary } from '@/lib/messages/training.ts';
import { readProblem } from '@/lib/stream/ask.ts';
import type { Outcome } from '@/lib/stream/documents.ts';

export type { Outcome };

interface Sending {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** Sent as it is, as a ZIP file. */
  readonly file?: File;
  readonly signal?: AbortSignal;
}

/** JSON from a route of our own. */
export async function request<Value>(address: string, { method = 'GET', body, file, signal }: Sending = {}): Promise<Outcome<Value>> {
  try {
    const response = await fetch(address, {
      method,
      signal,
      ...(file && { headers: { 'content-type': 'application/zip' }, body: file }),
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return response.ok ? { value: (await response.json()) as Value } : { problem: await readProblem(response) };
  } catch (error) {
    return { problem: { code: 'unreachable', message: error instanceof Error ? error.message : String(error) } };
  }
}

const named = (name: string) => encodeURIComponent(name);

export const readOverview = () => request<TrainingOverview>('/api/training');
export const readRun = (id: string, signal?: AbortSignal) => request<TrainingRunDetail>(`/api/training/${named(id)}`, { signal });
export const startRun = (body: TrainingRequest) => request<TrainingRunSummary>('/api/training', { method: 'POST', body });
export const changeRun = (id: string, body: Exclude<TrainingAction, { action: 'keep' }>) => request<TrainingRunSummary>(`/api/training/${named(id)}`, { method: 'POST', body });
export const keepCheckpoint = (id: string, step: number, name: string, replace: boolean) =>
  request<AdapterView>(`/api/training/${named(id)}`, { method: 'POST', body: { action: 'keep', step, name, replace } satisfies TrainingAction });
export const removeRun = (id: string) => request<{ removed: string }>(`/api/training/${named(id)}`, { method: 'DELETE' });

export interface ExampleQuery {
  readonly workspace: string;
  readonly split: ExampleSplit;
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}
export const listExamples = ({ workspace, split, search, offset, limit }: ExampleQuery, signal?: AbortSignal) =>
  request<ExampleList>(`/api/examples?${new URLSearchParams({ workspace, split, search, offset: String(offset), limit: String(limit) })}`, { signal });
const examples = (workspace: string, below = '') => `/api/examples${below}?${new URLSearchParams({ workspace })}`;
export const addExample = (workspace: string, body: ExampleDraft) => request<ExampleRow>(examples(workspace), { method: 'POST', body });
export const changeExample = (workspace: string, id: string, body: Partial<ExampleDraft>) => request<ExampleRow>(examples(workspace, `/${named(id)}`), { method: 'PATCH', body });
export const removeExample = (workspace: string, id: string) => request<{ removed: ExampleRow }>(examples(workspace, `/${named(id)}`), { method: 'DELETE' });
export const importExamples = (workspace: string, body: ExampleImport) => request<ExampleImportReport>(examples(workspace, '/import'), { method: 'POST', body });
export const restoreExamples = (workspace: string) => request<ExampleList>(examples(workspace), { method: 'DELETE' });
export const exportAddress = (workspace: string, format: 'jsonl' | 'csv') => `/api/examples/export?${new URLSearchParams({ workspace, format })}`;

export const archiveAddress = (name: string) => `/api/adapters/${named(name)}/export`;
export const importAdapter = (name: string, file: File) => request<AdapterView>(`/api/adapters/import?${new URLSearchParams({ name })}`, { method: 'POST', file });
export const listAdapters = () => request<AdapterList>('/api/adapters');
export const renameAdapter = (name: string, to: string) => request<AdapterView>(`/api/adapters/${named(name)}`, { method: 'PATCH', body: { name: to } });
export const removeAdapter = (name: string) => request<{ removed: string }>(`/api/adapters/${named(name)}`, { method: 'DELETE' });
export const putAdapterToUse = (name: string, workspace: string) => request<AdapterView>(`/api/adapters/${named(name)}/use`, { method: 'POST', body: { workspace } });
