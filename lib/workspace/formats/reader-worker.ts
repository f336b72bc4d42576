/** Worker thread that reads one file after another: the libraries that do it may block, and hostile files make them. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SkipReason } from '../../messages/skipped.ts';
import type { Converted } from './html.ts';
import { UnreadableFile, type ReadingLimits } from './limits.ts';

export type Format = 'html' | 'pdf' | 'docx';
export interface ReadRequest {
  readonly format: Format;
  readonly bytes: Uint8Array;
}
export type ReadReply = { readonly converted: Converted } | { readonly why: SkipReason };

const { limits } = workerData as { readonly limits: ReadingLimits };

/** Each library is loaded with the first file of its kind. */
const READERS: Readonly<Record<Format, (bytes: Uint8Array) => Promise<Converted>>> = {
  html: async (bytes) => {
    const [{ decodeHtml }, { htmlToMarkdown }] = await Promise.all([import('./decode-html.ts'), import('./html.ts')]);
    return htmlToMarkdown(decodeHtml(bytes));
  },
  pdf: async (bytes) => (await import('./pdf.ts')).pdfToMarkdown(bytes, limits),
  docx: async (bytes) => (await import('./docx.ts')).docxToMarkdown(bytes, limits),
};

async function read({ format, bytes }: ReadRequest): Promise<ReadReply> {
  try {
    const converted = await READERS[format](bytes);
    if (converted.markdown.length > limits.characters) return { why: { id: 'too-many-characters', facts: { limit: limits.characters } } };
    return { converted };
  } catch (error) {
    if (error instanceof UnreadableFile) return { why: error.why };
    // Libraries fail in ways of their own on files that are not what they seem.
    return { why: error instanceof RangeError ? { id: 'too-deep', facts: {} } : { id: 'damaged', facts: { cause: (error as Error).message } } };
  }
}

const port = parentPort!;
port.on('message', (request: ReadRequest) => void read(request).then((reply) => port.postMessage(reply)));
port.postMessage('ready');
