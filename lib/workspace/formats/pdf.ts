import { getDocumentProxy } from 'unpdf';
import type { Converted } from './html.ts';
import { UnreadableFile, type ReadingLimits } from './limits.ts';
import { linesOf, tidy, type Line } from './pdf-lines.ts';
import { markdownOf } from './pdf-paragraphs.ts';

/** A page of text has more letters than this; the stamps and page numbers of a scan have fewer. */
const LETTERS_OF_A_PAGE = 10;

/** A PDF's text as Markdown. Throws UnreadableFile for one that is locked, damaged, too long, or pictures of text. */
export async function pdfToMarkdown(bytes: Uint8Array, limits: ReadingLimits): Promise<Converted> {
  // Its text is all that is wanted: no font is loaded, nothing is drawn.
  const pdf = await getDocumentProxy(bytes, { disableFontFace: true, useSystemFonts: false, enableXfa: false, verbosity: 0 }).catch((cause: Error) => {
    throw new UnreadableFile(cause.name === 'PasswordException' ? { id: 'locked', facts: {} } : { id: 'damaged', facts: { cause: cause.message } });
  });
  if (pdf.numPages > limits.pages) throw new UnreadableFile({ id: 'too-many-pages', facts: { pages: pdf.numPages, limit: limits.pages } });
  const pages: Line[][] = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const lines = linesOf(items, page.view);
    characters += lines.reduce((sum, { text }) => sum + text.length, 0);
    if (characters > limits.characters) throw new UnreadableFile({ id: 'too-many-characters', facts: { limit: limits.characters } });
    pages.push(lines);
    page.cleanup();
  }
  const letters = pages.flat().reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
  if (letters === 0 || (pages.length > 1 && letters / pages.length < LETTERS_OF_A_PAGE)) throw new UnreadableFile({ id: 'scanned', facts: { pages: pages.length } });
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const { Title: stated } = info as { Title?: unknown };
  const title = typeof stated === 'string' && tidy(stated);
  return { markdown: markdownOf(pages), ...(title && { title }) };
}
