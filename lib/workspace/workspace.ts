import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Embedder } from '../retrieve/embed.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openDocumentIndex, type HybridIndex, type IndexOptions } from '../retrieve/index.ts';
import { INDEX_FILE } from '../retrieve/snapshot.ts';
import { BadInputError, MissingArtifactError } from '../system/errors.ts';
import { readDefinition } from './definition.ts';
import { IndexWithFiles } from './document-folder.ts';
import { exists, foldersOf, indexFolder, isFolder, listWorkspaces, nameTaken, takenName, WORKSPACE_FILES, type WorkspaceFolders } from './folders.ts';
import { readJsonLines } from './json-lines.ts';
import { changeSchema, factSchema, questionSchema, workspaceExampleSchema, type EvaluationQuestion, type Fact, type FactChange, type WorkspaceDefinition, type WorkspaceExample } from './schemas.ts';

export { indexFolder, listWorkspaces };

/** Documents, their index, and the facts and questions that belong to them. */
export interface Workspace {
  readonly name: string;
  readonly definition: WorkspaceDefinition;
  /** Whether it comes with the project; otherwise it is a person's own. */
  readonly shipped: boolean;
  readonly folders: WorkspaceFolders;
  /** Changes go to a person's own copy; what ships with the project stays as it is. */
  readonly index: HybridIndex;
  /** The shipped documents (those of a person's own workspace as they are now) in an index of its own in `folder`: what is changed there stays there. */
  trialIndex(folder: string): HybridIndex;
  /** Empty for a workspace without the file. A person's own file replaces the shipped one. BadInputError names a line that cannot be used. */
  facts(): Promise<Fact[]>;
  questions(): Promise<EvaluationQuestion[]>;
  changes(): Promise<FactChange[]>;
  /** Single questions with answers; `null` without a file of them, when the facts' phrasings are what there is. See workspaceExamples. */
  examples(): Promise<WorkspaceExample[] | null>;
  /** Whether a person's own copy of the index is in use. */
  isEdited(): Promise<boolean>;
  /** Goes back to the documents that ship with the project. BadInputError when none do. */
  reset(): Promise<void>;
}

export interface OpenWorkspaceOptions {
  /** Default: the process-wide one. */
  readonly embedder?: Embedder;
  /** Whether a workspace that does not exist yet may be opened, to be filled. Default false. */
  readonly create?: boolean;
}

// Next evaluates modules more than once; an index is read into memory once all the same.
const shared = globalThis as typeof globalThis & { openIndexes?: Map<string, HybridIndex> };

/**
 * Opens models/workspaces/NAME together with the changes made to it in the data directory, or a workspace that lives there
 * alone. BadInputError for a name that is none, MissingArtifactError naming those found when there is no such workspace.
 */
export async function openWorkspace(name: string, options: OpenWorkspaceOptions = {}): Promise<Workspace> {
  const folders = foldersOf(name);
  const [shipped, own, taken = name] = await Promise.all([isFolder(folders.shipped), isFolder(folders.own), takenName(name)]);
  // Some disks find the folder of "pajak" by "PAJAK" too, which would be another index over the same files.
  const isOther = taken !== name;
  if (options.create && isOther) throw nameTaken(taken, !(await isFolder(foldersOf(taken).shipped)), `Write "${taken}" for that one, or choose another name.`);
  if (!options.create && (isOther || (!shipped && !own))) {
    const found = await listWorkspaces();
    throw new MissingArtifactError(`No workspace "${name}" (found: ${found.join(', ') || 'none'}).`, {
      remedy: `npm run workspace -- create ${name} --documents FOLDER`,
      detail: { id: 'workspace-missing', facts: { name, found: found.join(', ') } },
    });
  }
  const definition = await readDefinition(name, folders);
  const { abbreviations, glossary } = definition;
  const make = (embedder: Embedder): HybridIndex => {
    const location = { folder: indexFolder(folders.own), embedder, abbreviations, glossary };
    return shipped ? openDocumentIndex({ ...location, startFrom: indexFolder(folders.shipped) }) : openOwnIndex(folders.own, location);
  };
  return workspaceOf(name, definition, folders, shipped, options.embedder ?? sharedEmbedder(), options.embedder ? make(options.embedder) : sharedIndex([folders, abbreviations, glossary], make));
}

/** The index of a workspace of a person's own, its documents beside it as files. */
export const openOwnIndex = (own: string, options: Omit<IndexOptions, 'folder'>): HybridIndex => new IndexWithFiles({ ...options, folder: indexFolder(own) }, path.join(own, WORKSPACE_FILES.documents));

function sharedIndex(key: unknown, make: (embedder: Embedder) => HybridIndex): HybridIndex {
  const opened = (shared.openIndexes ??= new Map());
  const text = JSON.stringify(key);
  const index = opened.get(text) ?? make(sharedEmbedder());
  opened.set(text, index);
  return index;
}

function workspaceOf(name: string, definition: WorkspaceDefinition, folders: WorkspaceFolders, shipped: boolean, embedder: Embedder, index: HybridIndex): Workspace {
  const { abbreviations, glossary } = definition;
  const layered = async <Row>(file: string, read: (file: string) => Promise<Row[]>): Promise<Row[] | null> => {
    for (const folder of [folders.own, folders.shipped]) {
      const whole = path.join(folder, file);
      if (await exists(whole)) return read(whole);
    }
    return null;
  };
  const startFrom = indexFolder(shipped ? folders.shipped : folders.own);
  return {
    name,
    definition,
    shipped,
    folders,
    index,
    trialIndex: (folder) => openDocumentIndex({ folder, startFrom, embedder, abbreviations, glossary }),
    facts: async () => (await layered(WORKSPACE_FILES.facts, (file) => readJsonLines(file, factSchema))) ?? [],
    questions: async () => (await layered(WORKSPACE_FILES.questions, (file) => readJsonLines(file, questionSchema))) ?? [],
    changes: async () => (await layered(WORKSPACE_FILES.changes, (file) => readJsonLines(file, changeSchema))) ?? [],
    examples: () => layered(WORKSPACE_FILES.examples, (file) => readJsonLines(file, workspaceExampleSchema)),
    isEdited: async () => shipped && exists(path.join(indexFolder(folders.own), INDEX_FILE)),
    async reset() {
      if (!(await exists(path.join(indexFolder(folders.shipped), INDEX_FILE)))) {
        throw new BadInputError(`The workspace "${name}" has no shipped documents to go back to.`, { remedy: 'Remove documents one by one, or delete the workspace.' });
      }
      await rm(path.join(indexFolder(folders.own), INDEX_FILE), { force: true });
    },
  };
}
