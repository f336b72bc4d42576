/** Server-sent events, as far as this product uses them: `data:` lines, a blank line between events. */

export const encodeServerSentEvent = (data: string): string => `data: ${data.replaceAll('\n', '\ndata: ')}\n\n`;

/**
 * The `data` of each event in a byte stream. Chunks may end anywhere, inside a UTF-8 character too; line
 * ends may be LF, CR or CRLF; comments and other fields are skipped; an unfinished last event is dropped.
 */
export async function* serverSentEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A CR at the very end may be the first half of a CRLF: leave it for the next chunk.
      const usable = !done && rest.endsWith('\r') ? rest.length - 1 : rest.length;
      const lines = rest.slice(0, usable).split(/\r\n|\n|\r/);
      rest = lines.pop() + rest.slice(usable);
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield data.join('\n');
          data = [];
        } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
      if (done) return;
    }
  } finally {
    // Also reached when the reader of this generator leaves early: tell the server.
    await reader.cancel().catch(() => undefined);
  }
}
