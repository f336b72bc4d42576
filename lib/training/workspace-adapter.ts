/** Which adapter the answers of a workspace come from: a person's choice in the data directory, over what the workspace names. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../system/write-file.ts';
import { foldersOf, WORKSPACE_FILES } from '../workspace/folders.ts';
import { listWorkspaces, openWorkspace } from '../workspace/workspace.ts';

/** MissingArtifactError when there is no such workspace. */
export async function assignAdapter(workspace: string, adapter: string): Promise<void> {
  await openWorkspace(workspace);
  const file = path.join(foldersOf(workspace).own, WORKSPACE_FILES.settings);
  const chosen = await readFile(/* turbopackIgnore: true */ file, 'utf8').then((text) => JSON.parse(text) as object, () => ({}));
  await writeFileAtomically(file, `${JSON.stringify({ ...chosen, adapter }, null, 2)}\n`);
}

/** Names of workspaces by the adapter they use. */
export async function usersOfAdapters(): Promise<Map<string, string[]>> {
  const users = new Map<string, string[]>();
  for (const workspace of await listWorkspaces()) {
    // One that cannot be read uses none.
    const adapter = await openWorkspace(workspace).then(({ definition }) => definition.adapter, () => undefined);
    if (adapter !== undefined) users.set(adapter, [...(users.get(adapter) ?? []), workspace]);
  }
  return users;
}
