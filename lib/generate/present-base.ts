/** The base model that ships, as adapters name it. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { DamagedArtifactError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL } from '../tokenizer/tokenizer.ts';
import { modelHash } from '../weights/model-hash.ts';
import { trainCommand } from './adapters.ts';

const folder = (): string => path.join(/* turbopackIgnore: true */ modelsDirectory(), LANGUAGE_MODEL);

let known: { readonly stamp: string; readonly hash: Promise<string> } | null = null;

/** Its SHA-256, computed again only when a file of its folder changes. Rejects as `modelHash` does. */
export async function presentBaseHash(): Promise<string> {
  const stamp = await folderStamp(folder());
  if (known?.stamp !== stamp) {
    const asked = { stamp, hash: modelHash(folder()) };
    known = asked;
    // What failed once is tried again.
    asked.hash.catch(() => (known = known === asked ? null : known));
  }
  return known.hash;
}

/** @throws DamagedArtifactError for an adapter that was trained on another base model than this one: its answers would be nonsense. */
export function refuseOtherBase(name: string, trainedOn: string, present: string): void {
  if (trainedOn === present) return;
  throw new DamagedArtifactError(
    `Adapter "${name}" was trained on another base model (${trainedOn.slice(0, 12)}) than the one in use (${present.slice(0, 12)}).`,
    { remedy: trainCommand(name), detail: { id: 'adapter-of-other-base', facts: { name } } },
  );
}

async function folderStamp(place: string): Promise<string> {
  const names = await readdir(/* turbopackIgnore: true */ place).catch(() => []);
  const stats = await Promise.all(names.sort().map((name) => stat(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ place, name)).catch(() => null)));
  return [place, ...stats.map((file, index) => `${names[index]}:${file?.mtimeMs}:${file?.size}:${file?.ino}`)].join('|');
}
