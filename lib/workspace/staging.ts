/** A workspace is made beside its place and moved there as a whole, so that nobody ever sees half of one. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { BadInputError } from '../system/errors.ts';
import { isAlive } from '../system/is-alive.ts';
import { dataDirectory } from '../system/paths.ts';
import { exists, foldersOf, isFolder, refuseTaken } from './folders.ts';

/** Those of earlier versions name no machine. */
const ASIDE = /^\.(?:making|deleted)-(?:(.+)-)?(\d+)-[0-9a-f]+$/;
/** The folder may be shared with machines whose processes cannot be asked. Embedding much takes an hour, not this. */
const LEFT_ELSEWHERE_MS = 24 * 3_600_000;

const parentFolder = (): string => path.join(dataDirectory(), 'workspaces');
const asideFolder = (what: 'making' | 'deleted'): string => path.join(parentFolder(), `.${what}-${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`);

/**
 * Runs `fill` on an empty folder and makes that the workspace of this name; a failure or an abort leaves nothing behind.
 * BadInputError (409) when there is such a workspace, before `fill` or by the time it is done.
 */
export async function makeWorkspaceFolder<Result>(name: string, fill: (folder: string) => Promise<Result>): Promise<Result> {
  const { own } = foldersOf(name);
  await refuseTaken(name);
  await removeLeftovers();
  const aside = asideFolder('making');
  await mkdir(aside, { recursive: true });
  try {
    const result = await fill(aside);
    await refuseTaken(name);
    await rename(aside, own);
    return result;
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

/** Removes a person's own workspace. BadInputError when it ships with the project (404 when there is none). */
export async function deleteWorkspace(name: string): Promise<void> {
  const { shipped, own } = foldersOf(name);
  if (await isFolder(shipped)) throw new BadInputError(`The workspace "${name}" comes with the project and cannot be deleted.`, { remedy: 'Reset it instead, which takes away your changes.' });
  if (!(await isFolder(own))) throw noSuchWorkspace(name);
  await moveAway(own);
}

/** Takes away everything that a person changed of a shipped workspace: documents, examples, title, chosen adapter. */
export async function resetWorkspace(name: string): Promise<void> {
  const { shipped, own } = foldersOf(name);
  if (!(await isFolder(shipped))) {
    throw (await isFolder(own)) ? new BadInputError(`The workspace "${name}" is your own; there is nothing to go back to.`, { remedy: 'Delete it, or export it first.' }) : noSuchWorkspace(name);
  }
  if (await exists(own)) await moveAway(own);
}

const noSuchWorkspace = (name: string): BadInputError => new BadInputError(`There is no workspace "${name}".`, { httpStatus: 404, remedy: 'npm run workspace -- list' });

/** One rename, so that it is gone at once; then file by file. */
async function moveAway(folder: string): Promise<void> {
  const aside = asideFolder('deleted');
  await rename(folder, aside);
  await rm(aside, { recursive: true, force: true });
}

/** What processes that are gone left behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(parentFolder()).catch(() => [])) {
    const [, machine = hostname(), maker] = ASIDE.exec(name) ?? [];
    if (maker === undefined) continue;
    const folder = path.join(parentFolder(), name);
    const isLeft = machine === hostname() ? !isAlive(Number(maker)) : Date.now() - (await stat(folder).then(({ mtimeMs }) => mtimeMs, Date.now)) > LEFT_ELSEWHERE_MS;
    if (isLeft) await rm(folder, { recursive: true, force: true });
  }
}
