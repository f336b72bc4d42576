/** Changes to a workspace that is there already. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../system/write-file.ts';
import type { MadeWorkspace, MakingOptions } from './create.ts';
import { parseJson } from './definition.ts';
import type { DocumentFile } from './document-file.ts';
import { noneReadable, readDocumentFiles } from './documents.ts';
import { WORKSPACE_FILES } from './folders.ts';
import { openWorkspace } from './workspace.ts';

/** Gives a workspace another title, in both languages. A shipped one keeps its own file; the title is laid over it. */
export async function renameWorkspace(name: string, title: string): Promise<void> {
  const { folders } = await openWorkspace(name);
  const file = path.join(folders.own, WORKSPACE_FILES.definition);
  const before = await readFile(file, 'utf8').then((text) => parseJson(text) as object, () => ({}));
  await writeFileAtomically(file, `${JSON.stringify({ ...before, title: { id: title, en: title } }, null, 2)}\n`);
}

/** Adds files to the documents; one whose name is there replaces that document. All or nothing. BadInputError when none can be read. */
export async function addDocuments(name: string, files: readonly DocumentFile[], { progress, signal, embedder }: MakingOptions = {}): Promise<MadeWorkspace> {
  const { index } = await openWorkspace(name, { embedder });
  const { documents, skipped } = await readDocumentFiles(files, { signal, progress: (done, total) => progress?.(done, total, 'files') });
  if (documents.length === 0) throw noneReadable(skipped);
  const { chunks } = await index.change({ put: documents }, (done, total) => progress?.(done, total, 'chunks'), signal);
  return { name, documents: documents.length, chunks, examples: 0, questions: 0, skipped };
}
