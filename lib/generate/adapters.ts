/** Adapter folders: a person's own in the data directory, then those that ship with the project. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AdapterSummary } from '../answer/events.ts';
import { decodeSafetensors } from '../weights/safetensors.ts';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { adaptedLayers, type AdapterMatrices } from './pack-adapter.ts';

// The comments in calls below keep Next's build from tracing every file of the project: these paths are data.

export const ADAPTER_WEIGHTS = 'adapter_model.safetensors';

export interface Adapter extends AdapterMatrices {
  readonly summary: AdapterSummary;
  /** SHA-256 of the base model it was trained on. */
  readonly baseHash: string;
}

/** What the trainer's card has to say for an adapter to be used. */
const Card = z.object({
  baseHash: z.string(),
  createdAt: z.string(),
  examples: z.number(),
  settings: z.object({ epochs: z.number() }),
  heldOut: z.object({ loss: z.number().nullable(), exactMatch: z.number().nullable() }),
  trainingSeconds: z.number(),
});

/** PEFT's settings; those that would change the formula have to be off. */
const Configuration = z.object({
  r: z.number().int().positive(),
  lora_alpha: z.number(),
  use_rslora: z.literal(false).optional(),
  use_dora: z.literal(false).optional(),
});

/** Reads an adapter whole. Throws BadInputError, MissingArtifactError or DamagedArtifactError, each with the step that mends it. */
export async function readAdapter(name: string): Promise<Adapter> {
  const folder = await adapterFolder(name);
  const remedy = trainCommand(name);
  const [card, configuration, weights] = await Promise.all([
    readJson(path.join(folder, 'card.json'), Card, remedy),
    readJson(path.join(folder, 'adapter_config.json'), Configuration, remedy),
    readWeights(path.join(folder, ADAPTER_WEIGHTS), remedy),
  ]);
  return {
    rank: configuration.r,
    alpha: configuration.lora_alpha,
    tensors: weights.tensors,
    baseHash: card.baseHash,
    summary: {
      name,
      hash: weights.hash,
      examples: card.examples,
      rank: configuration.r,
      trainedLayers: adaptedLayers(weights.tensors.keys()),
      epochs: card.settings.epochs,
      heldOutLoss: card.heldOut.loss,
      heldOutExactMatch: card.heldOut.exactMatch,
      trainingSeconds: card.trainingSeconds,
      createdAt: card.createdAt,
    },
  };
}

const summaries = new Map<string, { readonly stamp: string; readonly summary: AdapterSummary }>();

/** The part of an adapter that is told about it; read again only when its files change. Checks the same as readAdapter. */
export async function readAdapterSummary(name: string): Promise<AdapterSummary> {
  const stamp = await adapterStamp(name);
  const known = summaries.get(name);
  if (known?.stamp === stamp) return known.summary;
  const { summary } = await readAdapter(name);
  summaries.set(name, { stamp, summary });
  return summary;
}

/** The folder of an adapter. */
export async function adapterFolder(name: string): Promise<string> {
  if (!/^[\w][\w.-]{0,63}$/.test(name)) {
    throw new BadInputError(`"${name}" is no adapter name. Names have letters, digits, dots, dashes and underscores, at most 64.`);
  }
  for (const parent of adapterParents()) {
    if (await exists(path.join(parent, name))) return path.join(parent, name);
  }
  const found = await listAdapters();
  throw new MissingArtifactError(`No adapter "${name}" in ${adapterParents().join(' or ')} (found: ${found.join(', ') || 'none'}).`, { remedy: trainCommand(name) });
}

/** Names of all adapters, in order. */
export async function listAdapters(): Promise<string[]> {
  const names = new Set<string>();
  for (const parent of adapterParents()) {
    for (const name of await readdir(/* turbopackIgnore: true */ parent).catch(() => [])) {
      if (await exists(path.join(parent, name, ADAPTER_WEIGHTS))) names.add(name);
    }
  }
  return [...names].sort();
}

/** Changes whenever a file of the adapter does. */
export async function adapterStamp(name: string): Promise<string> {
  const folder = await adapterFolder(name);
  const stats = await Promise.all([ADAPTER_WEIGHTS, 'adapter_config.json', 'card.json'].map((file) => stat(/* turbopackIgnore: true */ path.join(/* turbopackIgnore: true */ folder, file)).catch(() => null)));
  return [folder, ...stats.map((file) => (file ? `${file.mtimeMs}:${file.size}:${file.ino}` : '-'))].join('|');
}

export const trainCommand = (name: string): string => `npm run finetune -- --name ${name}`;

const adapterParents = (): string[] => [path.join(dataDirectory(), 'adapters'), path.join(modelsDirectory(), 'adapters')];

const exists = (file: string): Promise<boolean> => stat(/* turbopackIgnore: true */ file).then(() => true, () => false);

async function readWeights(file: string, remedy: string) {
  const bytes = await readFile(/* turbopackIgnore: true */ file).catch((cause: unknown) => {
    throw new DamagedArtifactError(`The adapter's file ${file} cannot be read.`, { remedy, cause });
  });
  try {
    return { hash: createHash('sha256').update(bytes).digest('hex'), tensors: decodeSafetensors(bytes, file).tensors };
  } catch (cause) {
    throw new DamagedArtifactError((cause as Error).message, { remedy, cause });
  }
}

async function readJson<T>(file: string, schema: z.ZodType<T>, remedy: string): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(/* turbopackIgnore: true */ file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? cause.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ') : (cause as Error).message;
    throw new DamagedArtifactError(`The adapter's file ${file} cannot be used: ${reason}.`, { remedy, cause });
  }
}
