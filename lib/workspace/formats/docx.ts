import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { htmlToMarkdown, type Converted } from './html.ts';
import { UnreadableFile, type ReadingLimits } from './limits.ts';
import { readZip } from './zip.ts';

/** The parts that hold text; pictures, fonts and embedded files are never unpacked. */
const TEXT_PARTS = /^(\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/;
/** Word names its text so; what is saved from its page on the web has a number too. */
const MAIN_PART = /^word\/document\d*\.xml$/;
/** How an old .doc begins, and a .docx that is locked with a password. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/** Styles of Word's own that are headings without being named so, and breaks, which would leave the words beside them as one. */
const STYLES = ["br[type='page'] => br", "br[type='column'] => br", "p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh", "p[style-name='toc 1'] => !", "p[style-name='toc 2'] => !", "p[style-name='toc 3'] => !", "p[style-name='toc 4'] => !"];

/** A Word document as Markdown. Throws UnreadableFile for one that is locked, damaged or too large. */
export async function docxToMarkdown(bytes: Uint8Array, limits: ReadingLimits): Promise<Converted> {
  if (COMPOUND_FILE.every((byte, index) => bytes[index] === byte)) throw new UnreadableFile({ id: 'locked-or-old-word', facts: {} });
  const parts = readZip(bytes, limits).filter(({ name }) => TEXT_PARTS.test(name));
  if (!parts.some(({ name }) => MAIN_PART.test(name))) throw new UnreadableFile({ id: 'not-word', facts: {} });
  // Mammoth unpacks without limits: it gets an archive of what has been unpacked and checked here.
  const checked = zipSync(Object.fromEntries(parts.map((part) => [part.name, part.read()])), { level: 0 });
  const withoutPictures = mammoth.images.imgElement(async () => ({ src: '' }));
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(checked) }, { styleMap: STYLES, convertImage: withoutPictures, externalFileAccess: false }).catch((cause: Error) => {
    throw new UnreadableFile({ id: 'damaged', facts: { cause: cause.message } });
  });
  return { markdown: htmlToMarkdown(value).markdown };
}
