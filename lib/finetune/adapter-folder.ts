/** Writes a trained adapter as PEFT and vLLM read it, with a card that says where it comes from. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../system/write-file.ts';
import { toTensors, type AdapterLayout } from './adapter-layout.ts';
import { encodeSafetensors } from '../weights/safetensors.ts';
import type { EpochLosses } from './checkpoint.ts';
import type { FineTuneSettings } from './settings.ts';

export interface HeldOutResult {
  readonly n: number;
  /** Mean over answer tokens, in nats. */
  readonly loss: number | null;
  /** Share answered word for word (or by another accepted answer), 0 to 1; `null` when not asked. */
  readonly exactMatch: number | null;
  /** Share answered word for word or in other words that say the same; `null` when nothing decides it. */
  readonly equivalent: number | null;
}

export interface AdapterCard {
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** SHA-256 of the base model it was trained on. */
  readonly baseHash: string;
  /** SHA-256 of the examples. */
  readonly dataHash: string;
  /** SHA-256 of adapter_model.safetensors. */
  readonly adapterHash: string;
  readonly examples: number;
  readonly settings: FineTuneSettings;
  readonly losses: readonly EpochLosses[];
  readonly heldOut: HeldOutResult;
  readonly trainingSeconds: number;
  readonly tokensPerSecond: number;
  readonly peakMemoryBytes: number;
  readonly versions: Readonly<Record<string, string>>;
}

export interface AdapterFiles {
  readonly weights: Uint8Array;
  readonly hash: string;
}

export function encodeAdapter(layout: AdapterLayout, parameters: Float32Array): AdapterFiles {
  const weights = encodeSafetensors(toTensors(layout, parameters), { format: 'pt' });
  return { weights, hash: createHash('sha256').update(weights).digest('hex') };
}

/** Replaces the folder as a whole: a reader finds the old adapter or the new one. */
export async function writeAdapterFolder(folder: string, layout: AdapterLayout, files: AdapterFiles, card: AdapterCard): Promise<void> {
  const aside = `${folder}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const replaced = `${aside}.replaced`;
  try {
    await mkdir(aside, { recursive: true });
    await writeFileAtomically(path.join(aside, 'adapter_model.safetensors'), files.weights);
    await writeFileAtomically(path.join(aside, 'adapter_config.json'), json(peftConfiguration(layout, card.settings)));
    await writeFileAtomically(path.join(aside, 'card.json'), json(card));
    await rename(folder, replaced).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(replaced, { recursive: true, force: true });
  }
}

/** The fields PEFT needs to load the adapter onto the same base model. */
function peftConfiguration(layout: AdapterLayout, settings: FineTuneSettings): Record<string, unknown> {
  const layers = [...new Set(layout.matrices.map(({ layerName }) => Number(layerName.split('.')[1])))];
  return {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: 'google/gemma-3-270m',
    r: settings.rank,
    lora_alpha: settings.alpha,
    lora_dropout: 0,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    use_rslora: false,
    use_dora: false,
    target_modules: [...new Set(layout.matrices.map(({ layerName }) => layerName.split('.').at(-1)!))],
    layers_to_transform: layers,
    layers_pattern: 'layers',
    rank_pattern: {},
    alpha_pattern: {},
    modules_to_save: null,
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
