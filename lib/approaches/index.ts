/** The approaches as the product runs them: on the process's engine and the workspaces on disk. */
import type { Approach } from '../answer/approach.ts';
import type { ApproachId } from '../answer/events.ts';
import { READER, readAdapterSummary } from '../generate/adapters.ts';
import { generationEngine } from '../generate/engine.ts';
import { DEFAULT_WORKSPACE } from '../messages/workspaces.ts';
import { MissingArtifactError } from '../system/errors.ts';
import { teachCommand, useCommand } from '../workspace/definition.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { createApproach, type ApproachServices } from './answerer.ts';
import { APPROACH_DESCRIPTIONS } from './descriptions.ts';

export { DEFAULT_WORKSPACE };

export const productServices = (): ApproachServices => ({
  engine: generationEngine(),
  index: async (workspace) => (await openWorkspace(workspace ?? DEFAULT_WORKSPACE)).index,
  adapter: (workspace) => workspaceAdapter(workspace ?? DEFAULT_WORKSPACE),
  adapterSummary: readAdapterSummary,
  reader: READER,
  now: () => performance.now(),
});

/** The approach of this name, with other services where evaluation brings its own. */
export function approach(id: ApproachId, services: ApproachServices = productServices()): Approach {
  return createApproach(APPROACH_DESCRIPTIONS.find((description) => description.id === id)!, services);
}

/** Name of the adapter that was trained on a workspace. */
export async function workspaceAdapter(name: string): Promise<string> {
  const { definition } = await openWorkspace(name);
  if (definition.adapter) return definition.adapter;
  const taught = await readAdapterSummary(name).then(() => true, () => false);
  throw new MissingArtifactError(`The workspace "${name}" names no adapter.`, {
    remedy: taught ? useCommand(name) : `${teachCommand(name)} && ${useCommand(name)}`,
    detail: { id: 'workspace-without-adapter', facts: { name } },
  });
}
