import type { MakingEvent } from '@/lib/messages/workspaces.ts';
import { toProblem } from '@/lib/system/problem.ts';
import type { MadeWorkspace, MakingOptions } from '@/lib/workspace/create.ts';
import { viewWorkspace } from '@/lib/workspace/view.ts';

/** Often enough to look alive, seldom enough not to be the work itself. */
const TELL_EVERY_MS = 100;

/** Tells of work as it goes on, one event a line. The work stops when its reader leaves. */
export function makingResponse(request: Request, work: (options: MakingOptions) => Promise<MadeWorkspace>): Response {
  const left = new AbortController();
  const signal = AbortSignal.any([request.signal, left.signal]);
  const encoder = new TextEncoder();
  const events = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (event: MakingEvent) => !signal.aborted && controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      let told = -Infinity;
      const progress: MakingOptions['progress'] = (done, total, step) => {
        if (done < total && performance.now() - told < TELL_EVERY_MS) return;
        told = performance.now();
        tell({ type: 'progress', step, done, total });
      };
      try {
        const { name, documents, chunks, skipped } = await work({ signal, progress });
        tell({ type: 'made', workspace: await viewWorkspace(name), documents, chunks, skipped });
      } catch (error) {
        if (!signal.aborted) console.error(error);
        tell({ type: 'failed', problem: toProblem(error) });
      }
      if (!left.signal.aborted) controller.close();
    },
    cancel: () => left.abort(),
  });
  return new Response(events, { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
}
