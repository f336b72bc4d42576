/** The checkpoints of a run: adapter folders that the engine answers with. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AdapterCardView } from '../messages/adapters.ts';
import { checkpointName, type TrainingCheckpoint } from '../messages/training.ts';
import { readCard } from './read-card.ts';
import { checkpointsFolder, listCheckpointSteps, runFolder } from './run-folder.ts';

/** What a checkpoint's folder says of itself. */
export function describeCheckpoint(run: string, { createdAt, heldOut, run: place }: Pick<AdapterCardView, 'createdAt' | 'heldOut' | 'run'>, bytes: number): TrainingCheckpoint {
  const { step, epoch, loss } = place!;
  return { step, epoch, adapter: checkpointName(run, step), loss, heldOutLoss: heldOut.loss, bytes, createdAt };
}

/** Every checkpoint of a run that is whole, by step. */
export async function checkpointsOnDisk(run: string): Promise<TrainingCheckpoint[]> {
  const folder = checkpointsFolder(runFolder(run));
  const found = await Promise.all(
    (await listCheckpointSteps(runFolder(run))).map(async (step) => {
      const card = await readCard(path.join(folder, String(step)));
      return card?.run ? describeCheckpoint(run, card, await folderBytes(path.join(folder, String(step)))) : null;
    }),
  );
  return found.flatMap((checkpoint) => checkpoint ?? []);
}

/** Of the files directly in it. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(/* turbopackIgnore: true */ folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(/* turbopackIgnore: true */ path.join(folder, name)).then(({ size }) => size, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
