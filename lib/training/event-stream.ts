/** A run's events as server-sent events that a reader can take up again where it stopped. */
import type { RunEvent } from '../messages/training.ts';

/** Proxies and browsers let a silent connection go. */
const BEAT_MS = 15_000;

/** Number of the last event a reader has: `?after=`, or what its EventSource says when it comes back; the later one. */
export function lastSeen(request: Request): number {
  const given = [new URL(request.url).searchParams.get('after'), request.headers.get('last-event-id')];
  return Math.max(0, ...given.map((text) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : 0)));
}

/** `cancel` is called when the reader leaves. 204, at which an EventSource does not come back, when there is and will be nothing more. */
export async function eventStream(events: AsyncGenerator<RunEvent>, cancel: () => void): Promise<Response> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<RunEvent>> | null = events.next();
  // The first one is waited for a moment only: a run may be silent for long.
  const first = await Promise.race([next, new Promise<null>((resolve) => setTimeout(() => resolve(null), 50))]);
  if (first?.done) return new Response(null, { status: 204 });
  let beat: NodeJS.Timeout;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(': following\n\n'));
      beat = setInterval(() => controller.enqueue(encoder.encode(':\n\n')), BEAT_MS);
      beat.unref();
    },
    async pull(controller) {
      const { value, done } = await (next ?? events.next()).catch((error: unknown) => {
        // The stream ends with this: a beat more would throw, and nobody would catch it.
        clearInterval(beat);
        throw error;
      });
      next = null;
      if (done) {
        clearInterval(beat);
        return controller.close();
      }
      controller.enqueue(encoder.encode(`id: ${value.sequence}\ndata: ${JSON.stringify(value)}\n\n`));
    },
    cancel() {
      clearInterval(beat);
      cancel();
      return events.return(undefined).then(() => undefined);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' } });
}
