import { afterEach, expect, it, vi } from 'vitest';
import type { MakingEvent } from '@/lib/messages/workspaces.ts';
import { make } from './requests.ts';

afterEach(() => vi.unstubAllGlobals());

async function lastOf(fetched: () => Promise<Response>): Promise<MakingEvent | undefined> {
  vi.stubGlobal('fetch', fetched);
  let last: MakingEvent | undefined;
  for await (const event of make({ kind: 'create', name: 'kantor', form: new FormData() }, new AbortController().signal)) last = event;
  return last;
}

it('tells a server that cannot be reached from a connection that breaks half-way', async () => {
  const breaking = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) });
  expect(await lastOf(() => Promise.reject(new TypeError('Failed to fetch')))).toMatchObject({ type: 'failed', problem: { code: 'unreachable' } });
  expect(await lastOf(async () => new Response(breaking))).toMatchObject({ type: 'failed', problem: { code: 'connection-lost' } });
});
