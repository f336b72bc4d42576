import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readAdapter, type Adapter } from '../generate/adapters.ts';
import { presentBaseHash, refuseOtherBase } from '../generate/present-base.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL } from '../tokenizer/tokenizer.ts';
import { gemma3Configuration, type DecoderConfiguration } from '../transformer/configuration.ts';

/** The folder of the base model that ships. */
export const baseFolder = (): string => path.join(modelsDirectory(), LANGUAGE_MODEL);

/** The sizes of the base model that ships. */
export async function baseConfiguration(): Promise<DecoderConfiguration> {
  return gemma3Configuration(JSON.parse(await readFile(path.join(baseFolder(), 'config.json'), 'utf8')));
}

/**
 * An adapter and, before it, the one it was trained on top of: together they are what answers. Rejects as `readAdapter` does, and
 * when one of them was trained on another base model than the one that ships.
 */
export async function readStack(name: string): Promise<readonly Adapter[]> {
  const adapter = await readAdapter(name);
  refuseOtherBase(name, adapter.baseHash, await presentBaseHash());
  const { beneath } = adapter.summary;
  return beneath ? [...(await readStack(beneath.name)), adapter] : [adapter];
}
