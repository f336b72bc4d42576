/** The documents of a person's own workspace as files that people can read: Markdown with front matter, one a document. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { HybridIndex, type IndexChange, type IndexOptions } from '../retrieve/index.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { writeFileAtomically } from '../system/write-file.ts';

/** Names that every disk takes, none of them a way out of the folder. */
const PLAIN_NAME = /^[\p{L}\p{N}_][\p{L}\p{N} ._-]{0,79}$/u;
const WRITTEN_AT_ONCE = 8;

/** Where a document lies below its folder: by its id where that can name a file, else by the id's hash. */
export function documentPath(id: string): string {
  const names = id.split('/');
  const plain = id.length <= 200 && names.length <= 8 && names.every((name) => PLAIN_NAME.test(name) && !/[ .]$/.test(name) && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name));
  return plain ? `${id}.md` : `_${createHash('sha256').update(id).digest('hex').slice(0, 24)}.md`;
}

/** Reads back as the same document; where it was read from is left out, being a folder of one machine. */
export function documentFileText({ id, text, origin: _origin, ...fields }: SourceDocument): string {
  const named = { ...(documentPath(id) !== `${id}.md` && { document_id: id }), ...fields };
  const lines = Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${quoted(String(value))}`]));
  return `---\n${lines.join('\n')}\n---\n${text.trim()}\n`;
}

const quoted = (value: string): string => `"${value.replace(/\s+/g, ' ').trim().replace(/["\\]/g, '\\$&')}"`;

/** An index that keeps `documents/` beside it as it is itself. The index comes first: a search sees nothing that was not embedded. */
export class IndexWithFiles extends HybridIndex {
  /** @param documentsFolder Holds a file for every document, see documentPath. */
  constructor(options: IndexOptions, readonly documentsFolder: string) {
    super(options);
  }

  override async change(change: IndexChange, progress?: (done: number, total: number) => void, signal?: AbortSignal): ReturnType<HybridIndex['change']> {
    const result = await super.change(change, progress, signal);
    const kept = new Set((change.put ?? []).map(({ id }) => id));
    for (const id of change.remove ?? []) if (!kept.has(id)) await rm(path.join(this.documentsFolder, documentPath(id)), { force: true });
    const waiting = [...(change.put ?? [])];
    const write = async () => {
      for (let document = waiting.shift(); document; document = waiting.shift()) await writeFileAtomically(path.join(this.documentsFolder, documentPath(document.id)), documentFileText(document));
    };
    await Promise.all(Array.from({ length: WRITTEN_AT_ONCE }, write));
    return result;
  }
}
