/** Adapters as a person manages them: those that ship, read only, and their own. */
import { cp, readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { ADAPTER_NAME, type AdapterCardView, type AdapterView } from '../messages/adapters.ts';
import { BadInputError, MissingArtifactError, ProductError } from '../system/errors.ts';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { toProblem } from '../system/problem.ts';
import { sameName } from '../system/same-name.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { removeFolder, settleFolders, writeFolderAtomically } from '../system/write-folder.ts';
import { ADAPTER_WEIGHTS, readAdapterSummary } from '../generate/adapters.ts';
import { presentBaseHash, refuseOtherBase } from '../generate/present-base.ts';
import { folderBytes } from './checkpoints.ts';
import { readCard } from './read-card.ts';
import { checkpointsFolder, listCheckpointSteps, runFolder } from './run-folder.ts';
import { assignAdapter, usersOfAdapters } from './workspace-adapter.ts';

/** Another adapter has got a training's name since that began. Nothing of the training is lost. */
export class NameTakenError extends ProductError {
  readonly code = 'name-taken';
  readonly httpStatus = 409;
}

const ownFolder = (): string => path.join(dataDirectory(), 'adapters');
const shippedFolder = (): string => path.join(modelsDirectory(), 'adapters');

const folderOf = (name: string, origin: AdapterView['origin']): string => path.join(origin === 'own' ? ownFolder() : shippedFolder(), name);

/** All adapters by name; an own one hides a shipped one of its name. What cannot be read is listed with its problem. */
export async function listAdapterViews(): Promise<AdapterView[]> {
  const origins = new Map<string, AdapterView['origin']>();
  for (const name of await namesIn(shippedFolder())) origins.set(name, 'shipped');
  for (const name of await namesIn(ownFolder())) origins.set(name, 'own');
  const users = await usersOfAdapters();
  const views = await Promise.all([...origins].map(([name, origin]) => view(name, origin, users.get(name) ?? [])));
  return views.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** BadInputError: 404 for a name that is none. */
export async function adapterView(name: string): Promise<AdapterView> {
  const origin = await originOf(name);
  return view(name, origin, (await usersOfAdapters()).get(name) ?? []);
}

/** Where an adapter of this very name comes from. Names are looked for in their list: some disks find a folder by its name in other letters too. */
async function adapterOrigin(name: string): Promise<AdapterView['origin'] | null> {
  if ((await namesIn(ownFolder())).includes(name)) return 'own';
  return (await namesIn(shippedFolder())).includes(name) ? 'shipped' : null;
}

/** The adapter that a new one of this name would take the place of, small and capital letters taken as the same as some disks do; that of the very name before others. */
async function takenName(name: string): Promise<string | undefined> {
  return sameName(name, [...(await namesIn(ownFolder())), ...(await namesIn(shippedFolder()))]);
}

/** Renames an own adapter; workspaces that use it use it on. */
export async function renameAdapter(name: string, to: string): Promise<AdapterView> {
  await owned(name, 'renamed');
  checkName(to);
  if (to === name) return adapterView(name);
  // Its own name may change its letters.
  if ((await takenName(to)) !== name) await refuseTaken(to, false);
  const folder = path.join(ownFolder(), name);
  // The card goes first: a crash in between leaves an adapter whose card has the wrong name, not one that is gone.
  await rewriteCard(folder, { name: to });
  await rename(folder, path.join(ownFolder(), to));
  for (const workspace of (await usersOfAdapters()).get(name) ?? []) await assignAdapter(workspace, to);
  return adapterView(to);
}

/** BadInputError 409 while a workspace's answers come from it and nothing of its name lies beneath. */
export async function removeAdapter(name: string): Promise<void> {
  await owned(name, 'deleted');
  const users = (await usersOfAdapters()).get(name) ?? [];
  if (users.length > 0 && !(await isAdapter(path.join(shippedFolder(), name)))) {
    throw new BadInputError(`The adapter "${name}" is in use by the workspace ${users.map((user) => `"${user}"`).join(', ')}.`, { httpStatus: 409, remedy: 'Let the workspace use another adapter first.' });
  }
  await removeFolder(path.join(ownFolder(), name));
}

/** Lets the answers of a workspace come from this adapter. */
export async function useAdapter(name: string, workspace: string): Promise<AdapterView> {
  await checkUsable(name, await originOf(name));
  await assignAdapter(workspace, name);
  return adapterView(name);
}

/** Copies a checkpoint to the adapters under a name of its own. */
export async function keepCheckpoint(run: string, step: number, name: string, replace = false): Promise<AdapterView> {
  checkName(name);
  if (!(await listCheckpointSteps(runFolder(run))).includes(step)) {
    throw new BadInputError(`The training ${run} has no checkpoint of step ${step}.`, { httpStatus: 404, remedy: `GET /api/training/${run} lists its checkpoints.` });
  }
  await refuseTaken(name, replace);
  await writeFolderAtomically(path.join(ownFolder(), name), async (aside) => {
    await cp(path.join(checkpointsFolder(runFolder(run)), String(step)), aside, { recursive: true });
    await rewriteCard(aside, { name });
  });
  return adapterView(name);
}

/** BadInputError 409 for a name that is taken and may not be replaced; a shipped adapter is never replaced, only hidden, and one whose name is in other letters neither. */
export async function refuseTaken(name: string, replace: boolean): Promise<void> {
  const taken = await takenName(name);
  if (taken === undefined || (replace && taken === name)) return;
  throw new BadInputError(`There is an adapter "${taken}" already${(await adapterOrigin(taken)) === 'shipped' ? '; it came with the project' : ''}.`, {
    httpStatus: 409,
    remedy: replace ? 'Choose another name.' : 'Choose another name, or say that it may be replaced.',
    detail: { id: 'adapter-name-taken', facts: { name: taken } },
  });
}

/**
 * Whether a training that was begun may still write its adapter. One of the very matrices is its own, written just before it was cut short.
 * @throws NameTakenError when there is another of its name that it was not allowed to replace.
 */
export async function refuseTakenMeanwhile({ name, replace }: { readonly name: string; readonly replace: boolean }, adapterHash?: string): Promise<void> {
  const taken = await takenName(name);
  if (taken === undefined || (replace && taken === name)) return;
  if (adapterHash && (await readCard(folderOf(taken, (await adapterOrigin(taken))!)))?.adapterHash === adapterHash) return;
  throw new NameTakenError(`There is another adapter "${taken}" by now, which this training was not allowed to replace.`, {
    remedy: 'Keep the last checkpoint of this training under another name; or rename or delete that adapter, then resume.',
    detail: { id: 'training-name-taken', facts: { name: taken } },
  });
}

export function checkName(name: string): void {
  if (!ADAPTER_NAME.test(name)) throw new BadInputError(`"${name.slice(0, 80)}" is no adapter name.`, { remedy: 'Use letters, digits, dots, dashes and underscores, at most 64, not beginning with a dot or dash.' });
}

async function view(name: string, origin: AdapterView['origin'], usedBy: readonly string[]): Promise<AdapterView> {
  const folder = folderOf(name, origin);
  const problem = await checkUsable(name, origin).then(
    () => null,
    (error: unknown) => toProblem(error),
  );
  return { name, origin, usedBy, bytes: await folderBytes(folder), card: await readCard(folder), problem };
}

/** Rejects for an adapter whose files cannot be read, or that was trained on top of something, or on a base model, that is another by now. */
async function checkUsable(name: string, origin: AdapterView['origin']): Promise<void> {
  await readAdapterSummary(name);
  const card = await readCard(folderOf(name, origin));
  // Without a base model nothing can be asked at all, which is told where it is.
  const present = await presentBaseHash().catch((error: unknown) => {
    if (error instanceof MissingArtifactError) return null;
    throw error;
  });
  if (card && present !== null) refuseOtherBase(name, card.baseHash, present);
}

async function originOf(name: string): Promise<AdapterView['origin']> {
  const origin = ADAPTER_NAME.test(name) ? await adapterOrigin(name) : null;
  if (origin) return origin;
  throw new BadInputError(`There is no adapter "${name.slice(0, 80)}".`, { httpStatus: 404, remedy: 'npm run adapter -- list (or GET /api/adapters) shows those there are.' });
}

async function owned(name: string, what: string): Promise<void> {
  if ((await originOf(name)) === 'shipped') throw new BadInputError(`The adapter "${name}" came with the project and cannot be ${what}.`, { httpStatus: 403, remedy: 'Train one of your own.' });
}

async function rewriteCard(folder: string, change: Partial<AdapterCardView>): Promise<void> {
  const file = path.join(folder, 'card.json');
  const card = JSON.parse(await readFile(file, 'utf8')) as AdapterCardView;
  await writeFileAtomically(file, `${JSON.stringify({ ...card, ...change }, null, 2)}\n`);
}

async function namesIn(parent: string): Promise<string[]> {
  // An own one that a killed process was replacing is there, and what it replaced does not come back when it is deleted.
  const names = parent === ownFolder() ? await settleFolders(parent) : await readdir(/* turbopackIgnore: true */ parent).catch(() => []);
  const found = await Promise.all(names.map(async (name) => ADAPTER_NAME.test(name) && (await isAdapter(path.join(parent, name)))));
  return names.filter((_, index) => found[index]);
}

const isAdapter = (folder: string): Promise<boolean> => stat(/* turbopackIgnore: true */ path.join(folder, ADAPTER_WEIGHTS)).then(() => true, () => false);
