import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Embedder } from '../retrieve/embed.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openDocumentIndex, type HybridIndex } from '../retrieve/index.ts';
import { INDEX_FILE } from '../retrieve/snapshot.ts';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { readJsonLines } from './json-lines.ts';
import { changeSchema, factSchema, questionSchema, workspaceSchema, type EvaluationQuestion, type Fact, type FactChange, type WorkspaceDefinition } from './schemas.ts';

/** Documents, their index, and the facts and questions that belong to them. */
export interface Workspace {
  readonly name: string;
  readonly definition: WorkspaceDefinition;
  /** Changes go to a person's own copy; what ships with the project stays as it is. */
  readonly index: HybridIndex;
  /** The shipped documents in an index of its own in `folder`: what is changed there stays there. */
  trialIndex(folder: string): HybridIndex;
  /** Empty for a workspace without the file. BadInputError names a line that cannot be used. */
  facts(): Promise<Fact[]>;
  questions(): Promise<EvaluationQuestion[]>;
  changes(): Promise<FactChange[]>;
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
const shared = globalThis as typeof globalThis & { openWorkspaces?: Map<string, Promise<Workspace>> };

/**
 * Opens models/workspaces/NAME together with the changes made to it in the data directory, or a workspace that lives there
 * alone. BadInputError for a name that is none, MissingArtifactError naming those found when there is no such workspace.
 */
export async function openWorkspace(name: string, options: OpenWorkspaceOptions = {}): Promise<Workspace> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) {
    throw new BadInputError(`"${name}" cannot name a workspace.`, { remedy: 'Use letters, digits, - and _, at most 64, beginning with a letter or digit.' });
  }
  const [shipped, own] = [modelsDirectory(), dataDirectory()].map((parent) => path.join(parent, 'workspaces', name));
  if (!options.create && !(await isFolder(shipped)) && !(await isFolder(own))) {
    const found = await listWorkspaces();
    throw new MissingArtifactError(`No workspace "${name}" (found: ${found.join(', ') || 'none'}).`, { remedy: `npm run ingest -- FOLDER --workspace ${name}` });
  }
  if (options.embedder) return open(name, shipped, own, options.embedder);
  const opened = (shared.openWorkspaces ??= new Map());
  const key = `${shipped}\n${own}`;
  const workspace = opened.get(key) ?? open(name, shipped, own, sharedEmbedder());
  opened.set(key, workspace);
  workspace.catch(() => opened.delete(key));
  return workspace;
}

/** Names of all workspaces, shipped and own, sorted. */
export async function listWorkspaces(): Promise<string[]> {
  const names = await Promise.all(
    [modelsDirectory(), dataDirectory()].map(async (parent) => {
      const entries = await readdir(path.join(parent, 'workspaces'), { withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    }),
  );
  return [...new Set(names.flat())].sort();
}

/** Where the index lies within the folder of a workspace. */
export const indexFolder = (workspaceFolder: string): string => path.join(workspaceFolder, 'index');

async function open(name: string, shipped: string, own: string, embedder: Embedder): Promise<Workspace> {
  const definition = await readDefinition(name, path.join(shipped, 'workspace.json'));
  const ownIndex = indexFolder(own);
  const rows = <Row>(file: string, read: (file: string) => Promise<Row[]>) => async () => {
    const whole = path.join(shipped, file);
    return (await exists(whole)) ? read(whole) : [];
  };
  const { abbreviations, glossary } = definition;
  const startFrom = indexFolder(shipped);
  return {
    name,
    definition,
    index: openDocumentIndex({ folder: ownIndex, startFrom, embedder, abbreviations, glossary }),
    trialIndex: (folder) => openDocumentIndex({ folder, startFrom, embedder, abbreviations, glossary }),
    facts: rows('facts.jsonl', (file) => readJsonLines(file, factSchema)),
    questions: rows('questions.jsonl', (file) => readJsonLines(file, questionSchema)),
    changes: rows('changes.jsonl', (file) => readJsonLines(file, changeSchema)),
    isEdited: () => exists(path.join(ownIndex, INDEX_FILE)),
    async reset() {
      if (!(await exists(path.join(indexFolder(shipped), INDEX_FILE)))) {
        throw new BadInputError(`The workspace "${name}" has no shipped documents to go back to.`, { remedy: 'Remove documents one by one, or delete its folder in the data directory.' });
      }
      await rm(path.join(ownIndex, INDEX_FILE), { force: true });
    },
  };
}

async function readDefinition(name: string, file: string): Promise<WorkspaceDefinition> {
  if (!(await exists(file))) return workspaceSchema.parse({ title: { id: name, en: name } });
  try {
    return workspaceSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new DamagedArtifactError(`${file} cannot be used: ${(cause as Error).message}`, { cause, remedy: `git checkout -- ${path.relative(process.cwd(), file)}` });
  }
}

const exists = (file: string): Promise<boolean> => stat(file).then(() => true, () => false);
const isFolder = (folder: string): Promise<boolean> => stat(folder).then((found) => found.isDirectory(), () => false);
