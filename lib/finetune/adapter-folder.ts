/** Writes a trained adapter as PEFT and vLLM read it, with a card that says where it comes from. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { AdapterCardView } from '../messages/adapters.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { refuseOtherFolder, writeFolderAtomically } from '../system/write-folder.ts';
import { peftConfiguration } from '../weights/peft-configuration.ts';
import { encodeSafetensors } from '../weights/safetensors.ts';
import { tensorName, toTensors, type AdapterLayout } from './adapter-layout.ts';
import type { FineTuneSettings } from './settings.ts';

export type { HeldOutResult } from '../messages/adapters.ts';

/** card.json of an adapter that was trained here: nothing of it is unknown. */
export interface AdapterCard extends Omit<AdapterCardView, 'settings' | 'origin'> {
  readonly dataHash: string;
  readonly examples: number;
  readonly settings: FineTuneSettings;
  readonly trainingSeconds: number;
  readonly tokensPerSecond: number;
  readonly peakMemoryBytes: number;
}

export interface AdapterFiles {
  readonly weights: Uint8Array;
  readonly hash: string;
}

/** The flat vector as the bytes of adapter_model.safetensors, with their SHA-256. */
export function encodeAdapter(layout: AdapterLayout, parameters: Float32Array): AdapterFiles {
  const weights = encodeSafetensors(toTensors(layout, parameters), { format: 'pt' });
  return { weights, hash: createHash('sha256').update(weights).digest('hex') };
}

const FILES = { weights: 'adapter_model.safetensors', configuration: 'adapter_config.json', card: 'card.json' } as const;

/** @throws BadInputError when writing the folder would take other files than an adapter's away, or cannot be done. */
export const refuseOtherThanAdapter = (folder: string): Promise<void> => refuseOtherFolder(folder, Object.values(FILES));

/** Replaces the folder as a whole: a reader finds the old adapter or the new one. */
export async function writeAdapterFolder(folder: string, layout: AdapterLayout, files: AdapterFiles, card: AdapterCard): Promise<void> {
  await writeFolderAtomically(folder, async (aside) => {
    await writeFileAtomically(path.join(aside, FILES.weights), files.weights);
    await writeFileAtomically(path.join(aside, FILES.configuration), json(peftConfiguration({ ...card.settings, tensorNames: layout.matrices.map(tensorName) })));
    await writeFileAtomically(path.join(aside, FILES.card), json(card));
  });
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
