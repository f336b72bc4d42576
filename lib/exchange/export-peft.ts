import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ADAPTER_WEIGHTS, adapterFolder } from '../generate/adapters.ts';
import type { AdapterMatrices } from '../generate/pack-adapter.ts';
import { refuseOtherFolder, writeFolderAtomically, writeParts } from '../system/write-folder.ts';
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import { safetensorsParts } from '../weights/safetensors.ts';
import { peftConfiguration } from '../weights/peft-configuration.ts';
import { baseConfiguration, baseFolder, readStack } from './read-stack.ts';
import { stackAdapters } from './stack-adapters.ts';

/** What travels with weights made from Gemma's: its terms, and what was changed. */
export const NOTICES = ['LICENSE', 'NOTICE'] as const;

/** Files by name, each as the parts it is made of. */
export type Files = Readonly<Record<string, Iterable<Uint8Array>>>;

/** The two files that PEFT and servers built on it load, of adapters that act together: as a single one. */
export function encodePeft(adapters: readonly AdapterMatrices[], configuration: DecoderConfiguration): Files {
  const { rank, alpha, tensors } = stackAdapters(adapters, configuration);
  const sources = [...tensors].map(([name, { shape, data }]) => ({ name, shape, read: () => data }));
  return {
    [ADAPTER_WEIGHTS]: safetensorsParts(sources, 'F32', { format: 'pt' }),
    'adapter_config.json': [json(peftConfiguration({ rank, alpha, tensorNames: tensors.keys() }))],
  };
}

/**
 * An adapter - with the one it lies on, where there is one - for PEFT, its card, so that an import can check that it comes back to the
 * base model it was trained on, and the licence. Rejects as `readAdapter` does.
 */
export async function peftFiles(name: string): Promise<Files> {
  const stack = await readStack(name);
  const card = JSON.parse(await readFile(path.join(await adapterFolder(name), 'card.json'), 'utf8'));
  const notices = await Promise.all(NOTICES.map(async (notice) => [notice, [await readFile(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ baseFolder(), notice))]] as const));
  return {
    ...encodePeft(stack, await baseConfiguration()),
    // What it lay on is in it now.
    'card.json': [json({ ...card, beneath: null, stack: stack.map(({ summary }) => ({ name: summary.name, hash: summary.hash })) })],
    ...Object.fromEntries(notices),
  };
}

/** Writes `peftFiles` as a folder; replaces one only when it holds such an export and nothing else. */
export async function exportPeft(name: string, target: string, signal?: AbortSignal): Promise<void> {
  const files = await peftFiles(name);
  await refuseOtherFolder(target, Object.keys(files), ADAPTER_WEIGHTS);
  await writeFolderAtomically(target, async (aside) => {
    for (const [file, parts] of Object.entries(files)) await writeParts(path.join(aside, file), parts, signal);
  });
}

/** The terms that go with everything trained on the base model. */
export async function copyNotices(aside: string): Promise<void> {
  for (const notice of NOTICES) await copyFile(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ baseFolder(), notice), /* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ aside, notice));
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
