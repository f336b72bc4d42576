/** Why a file gives no document: an id with what is to be said about it, for a page to tell in its reader's language. */
export interface SkipFacts {
  readonly 'unknown-format': { readonly endings: string };
  readonly 'too-large': { readonly limit: string };
  /** By the system's name for why, e.g. `EACCES`. */
  readonly unreadable: { readonly cause: string };
  readonly binary: Record<string, never>;
  readonly 'not-utf8': Record<string, never>;
  readonly empty: Record<string, never>;
  readonly 'same-name': { readonly file: string };
  readonly 'same-document': { readonly file: string };
  readonly 'name-too-long': { readonly limit: number };
  readonly 'takes-too-long': { readonly seconds: number };
  readonly 'takes-too-much-memory': { readonly limit: string };
  /** By the words of whatever reads its format, English as they come: nothing that mends the file. */
  readonly damaged: { readonly cause: string };
  readonly 'not-zip': Record<string, never>;
  readonly 'zip-contents': Record<string, never>;
  /** What is wrong with one of the files in a ZIP archive, in English. */
  readonly 'zip-entry': { readonly entry: string; readonly cause: string };
  /** By its number in the ZIP format. */
  readonly 'zip-packing': { readonly entry: string; readonly method: number };
  readonly 'zip-twice': { readonly entry: string };
  /** One that holds bytes. */
  readonly 'zip-folder': { readonly entry: string };
  readonly 'too-deep': Record<string, never>;
  /** By whatever ended it. */
  readonly 'broke-off': { readonly cause: string };
  readonly locked: Record<string, never>;
  readonly 'locked-or-old-word': Record<string, never>;
  readonly 'not-word': Record<string, never>;
  readonly 'too-many-pages': { readonly pages: number; readonly limit: number };
  readonly 'too-many-characters': { readonly limit: number };
  readonly scanned: { readonly pages: number };
  readonly encrypted: Record<string, never>;
  readonly 'unpacks-too-large': { readonly limit: string };
  readonly 'too-many-files': { readonly files: number; readonly limit: number };
}
export type SkipId = keyof SkipFacts;
export type SkipReason = { readonly [Id in SkipId]: { readonly id: Id; readonly facts: SkipFacts[Id] } }[SkipId];
export type SkipTexts = { readonly [Id in SkipId]: (facts: SkipFacts[Id]) => string };

export interface SkippedDocument {
  /** Path below the folder that was read. */
  readonly file: string;
  /** `why` in English. */
  readonly reason: string;
  readonly why: SkipReason;
}

const ENGLISH: SkipTexts = {
  'unknown-format': ({ endings }) => `not Markdown, text, HTML, PDF or DOCX (${endings})`,
  'too-large': ({ limit }) => `larger than ${limit}`,
  unreadable: ({ cause }) => `cannot be read (${cause})`,
  binary: () => 'binary, or text that is not UTF-8',
  'not-utf8': () => 'not UTF-8 text',
  empty: () => 'empty',
  'same-name': ({ file }) => `has the same name as ${file}`,
  'same-document': ({ file }) => `says that it is the same document as ${file}`,
  'name-too-long': ({ limit }) => `its name is longer than ${limit} characters`,
  'takes-too-long': ({ seconds }) => `takes longer than ${seconds} s to read`,
  'takes-too-much-memory': ({ limit }) => `takes more than ${limit} of memory to read`,
  damaged: ({ cause }) => `damaged: ${cause}`,
  'not-zip': () => 'damaged: not a ZIP archive, or not a whole one',
  'zip-contents': () => 'damaged: its table of contents cannot be read',
  'zip-entry': ({ entry, cause }) => `damaged: "${entry}" ${cause}`,
  'zip-packing': ({ entry, method }) => `"${entry}" is packed in a way that is not known (${method}); pack it again as an ordinary ZIP`,
  'zip-twice': ({ entry }) => `damaged: "${entry}" stands in it twice`,
  'zip-folder': ({ entry }) => `damaged: "${entry}" is a folder that holds bytes`,
  'too-deep': () => 'damaged: its parts stand too deep in one another',
  'broke-off': ({ cause }) => `damaged: reading it broke off (${cause})`,
  locked: () => 'locked with a password',
  'locked-or-old-word': () => 'locked with a password, or an old .doc; save it as .docx without a password',
  'not-word': () => 'not a Word document',
  'too-many-pages': ({ pages, limit }) => `has ${pages} pages; ${limit} are taken`,
  'too-many-characters': ({ limit }) => `has more than ${limit} characters`,
  scanned: ({ pages }) => `scanned: its ${pages === 1 ? 'page is a picture' : `${pages} pages are pictures`} without text; recognise the text first (OCR)`,
  encrypted: () => 'encrypted',
  'unpacks-too-large': ({ limit }) => `unpacks to more than ${limit}`,
  'too-many-files': ({ files, limit }) => `holds ${files} files; ${limit} are taken`,
};

/** The end of "skipped FILE: ...", as `texts` has it; by default in English. */
export const skipReasonText = ({ id, facts }: SkipReason, texts: SkipTexts = ENGLISH): string => (texts[id] as (facts: SkipReason['facts']) => string)(facts);
