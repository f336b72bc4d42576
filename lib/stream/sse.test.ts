import { describe, expect, it } from 'vitest';
import { encodeServerSentEvent, serverSentEvents } from './sse.ts';

/** A stream of the bytes, cut into chunks of `size`. */
function stream(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function read(text: string, size: number): Promise<string[]> {
  const messages: string[] = [];
  for await (const message of serverSentEvents(stream(text, size))) messages.push(message);
  return messages;
}

describe('serverSentEvents', () => {
  const messages = ['{"text":"Rp54.000.000 – é 😀"}', 'two\nlines', '[DONE]'];
  const encoded = messages.map(encodeServerSentEvent).join('');

  it.each([1, 2, 3, 5, 7, 1000])('reads back what was written, in chunks of %i bytes', async (size) => {
    expect(await read(encoded, size)).toEqual(messages);
  });

  it.each([1, 2, 1000])('takes CRLF and CR line ends, in chunks of %i bytes', async (size) => {
    expect(await read('data: a\r\n\r\ndata: b\r\rdata: c\n\n', size)).toEqual(['a', 'b', 'c']);
  });

  it('skips comments, other fields and empty events, and drops an unfinished one', async () => {
    expect(await read(': hello\nevent: x\nid: 1\ndata:no space\n\n\n\ndata: cut off', 1000)).toEqual(['no space']);
  });

  it('cancels the stream when its reader leaves early', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
      cancel: () => void (cancelled = true),
    });
    for await (const data of serverSentEvents(endless)) if (data === 'x') break;
    expect(cancelled).toBe(true);
  });
});
