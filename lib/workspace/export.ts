/** A workspace as one ZIP file that another computer can import: everything but the index, which is made again there. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { documentFileText, documentPaths } from './document-folder.ts';
import { WORKSPACE_FILES } from './folders.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION } from './schemas.ts';
import type { Workspace } from './workspace.ts';

/** Equal workspaces give equal files. */
const TIMELESS = new Date(Date.UTC(1980, 0, 2));

/** The archive piece by piece. MissingArtifactError when the workspace has no documents. */
export async function* exportWorkspace(workspace: Workspace, signal?: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error) failure = error;
    else pieces.push(piece);
  });
  for await (const { name, text } of filesOf(workspace)) {
    signal?.throwIfAborted();
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = TIMELESS;
    zip.add(file);
    file.push(strToU8(text), true);
    if (failure) throw failure;
    yield* pieces.splice(0);
    await turn();
  }
  zip.end();
  yield* pieces;
}

async function* filesOf({ name, definition, folders, index }: Workspace): AsyncGenerator<{ name: string; text: string }> {
  yield { name: WORKSPACE_FILES.definition, text: `${JSON.stringify({ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, name, ...definition }, null, 2)}\n` };
  for (const file of [WORKSPACE_FILES.facts, WORKSPACE_FILES.examples, WORKSPACE_FILES.questions, WORKSPACE_FILES.changes]) {
    const text = await firstOf([folders.own, folders.shipped].map((folder) => path.join(folder, file)));
    if (text !== null) yield { name: file, text };
  }
  for (const [id, file] of documentPaths((await index.documents()).map(({ id }) => id))) {
    const document = await index.document(id);
    if (document) yield { name: `${WORKSPACE_FILES.documents}/${file}`, text: documentFileText(document, file) };
  }
}

async function firstOf(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    });
    if (text !== null) return text;
  }
  return null;
}
