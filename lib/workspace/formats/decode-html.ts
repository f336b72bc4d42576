/** The letters of an HTML file. */
import { isUtf8 } from 'node:buffer';

const MARKS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [['utf-8', 0xef, 0xbb, 0xbf], ['utf-16le', 0xff, 0xfe], ['utf-16be', 0xfe, 0xff]];
const DECLARED = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})|^\s*<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([\w:.-]{1,40})/i;
/** What pages from before UTF-8 are written in when they do not say so, as browsers take it. */
const UNDECLARED = 'windows-1252';

/** Bytes to text as browsers read them: by the byte order mark, else by what the page declares, else as UTF-8 where they are that. */
export function decodeHtml(bytes: Uint8Array): string {
  const marked = MARKS.find(([, ...mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const decoder = new TextDecoder(marked ?? declaredIn(bytes) ?? (isUtf8(bytes) ? 'utf-8' : UNDECLARED));
  // Asked for all at once, Node 20 takes windows-1252 for Latin-1: quotation marks, dashes and € would become control characters.
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const [, meta, xml] = DECLARED.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 4096))) ?? [];
  try {
    const { encoding } = new TextDecoder(meta ?? xml);
    // Such a page says so in letters of one byte: it was saved anew, and what it says was left.
    return (meta ?? xml) && (encoding.startsWith('utf-16') ? 'utf-8' : encoding);
  } catch {
    return undefined;
  }
}
