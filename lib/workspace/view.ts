import { readdir } from 'node:fs/promises';
import type { WorkspaceView } from '../messages/workspaces.ts';
import type { AnswerProblem } from '../answer/events.ts';
import { toProblem } from '../system/problem.ts';
import { readDefinition } from './definition.ts';
import { workspaceExamples } from './examples.ts';
import { foldersOf, isFolder, listWorkspaces, WORKSPACE_FILES } from './folders.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** Every workspace as a list shows it; one that is damaged is listed with its problem. */
export const listWorkspaceViews = async (): Promise<WorkspaceView[]> => Promise.all((await listWorkspaces()).map(viewWorkspace));

/** Names and titles alone, which need no index; a damaged one goes by its name. */
export const listWorkspaceNames = async (): Promise<Pick<WorkspaceView, 'name' | 'title'>[]> =>
  Promise.all((await listWorkspaces()).map(async (name) => ({ name, title: await readDefinition(name, foldersOf(name)).then(({ title }) => title, () => ({ id: name, en: name })) })));

/** BadInputError or MissingArtifactError when there is no such workspace; a damaged one is told with its problem. */
export async function viewWorkspace(name: string): Promise<WorkspaceView> {
  const folders = foldersOf(name);
  const shipped = await isFolder(folders.shipped);
  let problem: AnswerProblem | null = null;
  /** One part that cannot be read leaves the others to be shown. */
  const attempt = async <Part>(part: () => Promise<Part>): Promise<Part | null> => {
    try {
      return await part();
    } catch (error) {
      problem ??= toProblem(error);
      return null;
    }
  };
  const there = shipped || (await isFolder(folders.own));
  const workspace = there ? await attempt(() => openWorkspace(name)) : await openWorkspace(name);
  const read = async <Part>(part: (workspace: Workspace) => Promise<Part>): Promise<Part | null> => (workspace ? attempt(() => part(workspace)) : null);
  const statistics = await read(({ index }) => index.statistics());
  const examples = await read(workspaceExamples);
  const questions = await read((opened) => opened.questions());
  return {
    name,
    title: workspace?.definition.title ?? { id: name, en: name },
    notice: workspace?.definition.notice ?? null,
    shipped,
    edited: shipped && (await holdsChanges(folders.own)),
    documents: statistics?.documents ?? null,
    chunks: statistics?.chunks ?? null,
    examples: examples?.length ?? null,
    questions: questions?.length ?? null,
    adapter: workspace?.definition.adapter ?? null,
    problem,
  };
}

async function holdsChanges(own: string): Promise<boolean> {
  const names: readonly string[] = [...(await readdir(own).catch(() => [])), ...(await readdir(`${own}/${WORKSPACE_FILES.index}`).catch(() => []))];
  return names.some((name) => name === 'index.pb' || name.endsWith('.jsonl') || name === WORKSPACE_FILES.definition || name === WORKSPACE_FILES.settings);
}
