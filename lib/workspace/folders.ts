/** Where a workspace lies, and which names it may have. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { WORKSPACE_NAME } from '../messages/workspaces.ts';
import { BadInputError } from '../system/errors.ts';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { sameName } from '../system/same-name.ts';

export interface WorkspaceFolders {
  /** In the project, never written at run time; may not be there. */
  readonly shipped: string;
  /** In the data directory: a workspace of a person's own, or what a person changed of a shipped one; may not be there. */
  readonly own: string;
}

/**
 * A workspace is a folder of these files, all but one of documents and index optional. In a person's own folder,
 * a file replaces the shipped one of the same name; the fields of workspace.json are replaced one by one.
 */
export const WORKSPACE_FILES = {
  definition: 'workspace.json',
  /** A person's choices, `{"adapter": NAME}`. Never shipped. */
  settings: 'settings.json',
  facts: 'facts.jsonl',
  /** Single questions with answers; where it is there, it is trained on instead of the facts' phrasings. */
  examples: 'examples.jsonl',
  questions: 'questions.jsonl',
  changes: 'changes.jsonl',
  documents: 'documents',
  index: 'index',
} as const;

/** Windows opens devices by these names. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** BadInputError for a name that is none. */
export function foldersOf(name: string): WorkspaceFolders {
  if (!WORKSPACE_NAME.test(name) || DEVICE.test(name)) {
    throw new BadInputError(`"${name}" cannot name a workspace.`, {
      remedy: 'Use letters, digits, - and _, at most 64, beginning with a letter or digit.',
      detail: { id: 'workspace-name-unusable', facts: { name: name.slice(0, 80) } },
    });
  }
  const [shipped, own] = parents().map((parent) => path.join(parent, name));
  return { shipped, own };
}

/** Where the index lies within the folder of a workspace. */
export const indexFolder = (workspaceFolder: string): string => path.join(/* turbopackIgnore: true */ workspaceFolder, WORKSPACE_FILES.index);

const parents = (): string[] => [modelsDirectory(), dataDirectory()].map((directory) => path.join(directory, 'workspaces'));

/** Names of all workspaces, shipped and own, sorted. */
export async function listWorkspaces(): Promise<string[]> {
  const names = await Promise.all(
    parents().map(async (parent) => {
      const entries = await readdir(/* turbopackIgnore: true */ parent, { withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isDirectory() && WORKSPACE_NAME.test(entry.name)).map((entry) => entry.name);
    }),
  );
  return [...new Set(names.flat())].sort();
}

/** The workspace that some disk takes for one of this name, small and capital letters being the same to it; that of the very name before others. */
export async function takenName(name: string): Promise<string | undefined> {
  return sameName(name, await listWorkspaces());
}

/** BadInputError (409) when there is a workspace of that name, in whatever letters. */
export async function refuseTaken(name: string): Promise<void> {
  const taken = await takenName(name);
  if (taken === undefined) return;
  const own = !(await isFolder(foldersOf(taken).shipped));
  throw nameTaken(taken, own, own ? `Choose another name, or delete it first: npm run workspace -- delete ${taken}` : 'Choose another name: this one comes with the project.');
}

export const nameTaken = (taken: string, own: boolean, remedy: string): BadInputError =>
  new BadInputError(`There is a workspace "${taken}" already.`, { httpStatus: 409, remedy, detail: { id: 'workspace-name-taken', facts: { name: taken, own } } });

/** Characters of a path that somebody else wrote, and of a document's id: the one often becomes the other. */
export const LONGEST_NAME = 400;

/** Whether a path that somebody else wrote stays below the folder it is meant for, on every system. */
export const staysInside = (file: string): boolean =>
  file.length <= LONGEST_NAME && !/[\\:\p{Cc}]/u.test(file) && !file.split('/').includes('') && !hasDots(file);

/** Whether a step of a path or an id is one of those that lead to the same place or out of it; addresses cannot hold them. */
export const hasDots = (id: string): boolean => id.split('/').some((name) => name === '.' || name === '..');

export const exists = (file: string): Promise<boolean> => stat(file).then(() => true, () => false);
export const isFolder = (folder: string): Promise<boolean> => stat(folder).then((found) => found.isDirectory(), () => false);
