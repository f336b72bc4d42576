import path from 'node:path';
import type { Language } from '../answer/events.ts';
import type { SkippedDocument } from '../messages/skipped.ts';
import type { Embedder } from '../retrieve/embed.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { noneReadable, type ReadDocuments } from './documents.ts';
import { WORKSPACE_FILES } from './folders.ts';
import type { RowFiles } from './rows.ts';
import { workspaceSchema, type WorkspaceDefinition } from './schemas.ts';
import { makeWorkspaceFolder } from './staging.ts';
import { openOwnIndex } from './workspace.ts';

/** Steps of making a workspace, in their order. */
export type MakingStep = 'files' | 'chunks';

export interface MakingOptions {
  /** Default: the process-wide one. */
  readonly embedder?: Embedder;
  /** Counts files as they are read, then chunks as they are embedded. */
  readonly progress?: (done: number, total: number, what: MakingStep) => void;
  readonly signal?: AbortSignal;
}

export interface MadeWorkspace {
  readonly name: string;
  readonly documents: number;
  readonly chunks: number;
  readonly examples: number;
  readonly questions: number;
  readonly skipped: readonly SkippedDocument[];
}

export interface NewWorkspace {
  readonly name: string;
  /** What the workspace says about itself; its title defaults to its name, its samples to questions of `rows`. */
  readonly definition: Partial<Omit<WorkspaceDefinition, 'title'>> & { readonly title?: string | WorkspaceDefinition['title']; readonly language?: Language };
  readonly rows: RowFiles;
  /** Reads the documents; asked once the name is known to be free. */
  readonly documents: () => Promise<Omit<ReadDocuments, 'origin'>>;
}

/**
 * Makes a workspace of a person's own from documents and, where there are any, examples and questions. All or nothing: a failure or
 * an abort leaves nothing. BadInputError for a name that is taken or none, and when no document can be read.
 */
export async function createWorkspace({ name, definition, rows, documents: readAll }: NewWorkspace, { embedder = sharedEmbedder(), progress, signal }: MakingOptions = {}): Promise<MadeWorkspace> {
  return makeWorkspaceFolder(name, async (folder) => {
    const { documents, skipped } = await readAll();
    if (documents.length === 0) throw noneReadable(skipped);
    const { title = name, samples = rows.samples, ...rest } = definition;
    const said = workspaceSchema.parse({ ...rest, samples, title: typeof title === 'string' ? { id: title, en: title } : title });
    const { abbreviations, glossary } = said;
    const index = openOwnIndex(folder, { embedder, abbreviations, glossary });
    const { chunks } = await index.change({ put: documents }, (done, total) => progress?.(done, total, 'chunks'), signal);
    for (const [file, content] of Object.entries(rows.files)) await writeFileAtomically(path.join(folder, file), content);
    await writeFileAtomically(path.join(folder, WORKSPACE_FILES.definition), `${JSON.stringify(said, null, 2)}\n`);
    signal?.throwIfAborted();
    return { name, documents: documents.length, chunks, ...rows.counts, skipped };
  });
}
