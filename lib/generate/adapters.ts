/**
 * Adapter folders: a person's own in the data directory, then those that ship with the project, by their names; and the
 * checkpoints of training runs, by `RUN@STEP`.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AdapterSummary } from '../answer/events.ts';
import { ADAPTER_NAME } from '../messages/adapters.ts';
import { decodeSafetensors } from '../weights/safetensors.ts';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { settleFolders } from '../system/write-folder.ts';
import { adaptedLayers, type AdapterMatrices } from './pack-adapter.ts';

// The comments in calls below keep Next's build from tracing every file of the project: these paths are data.

/** The adapter that lies beneath every arm: it was taught to read passages and to answer briefly. See models/adapters/README.md. */
export const READER = 'reader';

export const ADAPTER_WEIGHTS = 'adapter_model.safetensors';

export interface Adapter extends AdapterMatrices {
  readonly summary: AdapterSummary;
  /** SHA-256 of the base model it was trained on. */
  readonly baseHash: string;
  /** Alpha as its card has it: another than the present one where adapter_config.json was edited. */
  readonly trainedAlpha?: number;
}

/** What an adapter does to the model, as one string. The hash is of the matrices; the same ones may have been copied under another alpha. */
export const adapterKey = ({ summary, alpha }: Adapter): string => `${summary.hash}:${alpha}`;

/** What the trainer's card has to say for an adapter to be used. */
export const UsableCard = z.object({
  baseHash: z.string(),
  createdAt: z.string(),
  examples: z.number().nullable(),
  settings: z.object({ epochs: z.number().nullable(), alpha: z.number().optional().catch(undefined) }),
  heldOut: z.object({ loss: z.number().nullable(), exactMatch: z.number().nullable() }),
  trainingSeconds: z.number().nullable(),
  beneath: z.object({ name: z.string(), hash: z.string() }).nullish(),
});

/** PEFT's settings; those that would change the formula have to be off. */
const Configuration = z.object({
  r: z.number().int().positive(),
  lora_alpha: z.number(),
  use_rslora: z.literal(false).optional(),
  use_dora: z.literal(false).optional(),
  alpha_pattern: z.strictObject({}, 'strengths for some layers only are not applied').nullish(),
});

/**
 * Reads an adapter whole. Throws BadInputError, MissingArtifactError or DamagedArtifactError, each with the step that mends it;
 * damaged is also one that was trained on top of another adapter which has changed since.
 */
export async function readAdapter(name: string): Promise<Adapter> {
  const adapter = await readFiles(name);
  await checkBeneath(adapter.summary);
  return adapter;
}

async function readFiles(name: string): Promise<Adapter> {
  const folder = await adapterFolder(name);
  const remedy = trainCommand(name);
  const [card, configuration, weights] = await Promise.all([
    readJson(path.join(folder, 'card.json'), UsableCard, remedy),
    readJson(path.join(folder, 'adapter_config.json'), Configuration, remedy),
    readWeights(path.join(folder, ADAPTER_WEIGHTS), remedy),
  ]);
  refuseOtherRank(folder, configuration.r, weights.tensors, remedy);
  return {
    rank: configuration.r,
    alpha: configuration.lora_alpha,
    tensors: weights.tensors,
    baseHash: card.baseHash,
    trainedAlpha: card.settings.alpha,
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
      ...(card.beneath && { beneath: card.beneath }),
    },
  };
}

const summaries = new Map<string, { readonly stamp: string; readonly summary: AdapterSummary }>();

/** The part of an adapter that is told about it; read again only when its files change. Checks the same as readAdapter. */
export async function readAdapterSummary(name: string): Promise<AdapterSummary> {
  const summary = await summaryOf(name);
  await checkBeneath(summary);
  return summary;
}

/** @throws DamagedArtifactError when what the adapter was trained on top of is not what is there by that name: its answers would be nonsense, and say nothing of it. */
export async function checkBeneath({ name, beneath }: AdapterSummary): Promise<void> {
  if (!beneath) return;
  const { hash } = await summaryOf(beneath.name);
  if (hash !== beneath.hash) throw anotherBeneath(name, beneath, hash);
}

/** The error for an adapter whose foundation has changed; `present` is the hash of the one there now. */
export function anotherBeneath(name: string, beneath: NonNullable<AdapterSummary['beneath']>, present: string): DamagedArtifactError {
  return new DamagedArtifactError(
    `Adapter "${name}" was trained on top of another state of "${beneath.name}" (${beneath.hash.slice(0, 12)}) than the present one (${present.slice(0, 12)}).`,
    { remedy: trainCommand(name), detail: { id: 'adapter-beneath-changed', facts: { name, beneath: beneath.name } } },
  );
}

async function summaryOf(name: string): Promise<AdapterSummary> {
  const stamp = await adapterStamp(name);
  const known = summaries.get(name);
  if (known?.stamp === stamp) return known.summary;
  const { summary } = await readFiles(name);
  summaries.set(name, { stamp, summary });
  return summary;
}

const CHECKPOINT = /^(run-[\w-]{1,60})@(\d{1,9})$/;

/** The folder of an adapter or checkpoint. Names are checked, so that none leads elsewhere. */
export async function adapterFolder(name: string): Promise<string> {
  const [, run, step] = CHECKPOINT.exec(name) ?? [];
  if (run) return checkpointFolder(run, step);
  if (!ADAPTER_NAME.test(name)) {
    throw new BadInputError(`"${name}" is no adapter name. Names have letters, digits, dots, dashes and underscores, at most 64; a checkpoint's is like run-3f2a@120.`);
  }
  const [own, shipped] = adapterParents().map((parent) => path.join(parent, name));
  // A process that was killed while it replaced an own one has left it beside its place: that is the one meant, also where one of its name ships.
  if ((await exists(own)) || (await settleFolders(path.dirname(own))).includes(name)) return own;
  if (await exists(shipped)) return shipped;
  const found = await listAdapters();
  throw new MissingArtifactError(`No adapter "${name}" in ${adapterParents().join(' or ')} (found: ${found.join(', ') || 'none'}).`, {
    remedy: trainCommand(name),
    detail: { id: 'adapter-missing', facts: { name, found: found.join(', ') } },
  });
}

async function checkpointFolder(run: string, step: string): Promise<string> {
  const checkpoints = path.join(dataDirectory(), 'training', run, 'checkpoints');
  if (await exists(path.join(checkpoints, step, ADAPTER_WEIGHTS))) return path.join(checkpoints, step);
  const found = (await readdir(/* turbopackIgnore: true */ checkpoints).catch(() => [])).filter((name) => /^\d+$/.test(name)).sort((one, other) => Number(one) - Number(other));
  throw new MissingArtifactError(`The training run "${run}" has no checkpoint ${step} (found: ${found.join(', ') || 'none'}).`, {
    remedy: trainCommand(`${run}@${step}`),
    detail: { id: 'checkpoint-missing', facts: { run, step, found: found.join(', ') } },
  });
}

/** Names of all adapters, in order. */
export async function listAdapters(): Promise<string[]> {
  const names = new Set<string>();
  for (const parent of adapterParents()) {
    for (const name of await readdir(/* turbopackIgnore: true */ parent).catch(() => [])) {
      // What is being written stands aside under a name that is none.
      if (ADAPTER_NAME.test(name) && (await exists(path.join(parent, name, ADAPTER_WEIGHTS)))) names.add(name);
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

/** What makes an adapter anew; a checkpoint comes from its run alone. */
export const trainCommand = (name: string): string => (CHECKPOINT.test(name) ? 'Choose another checkpoint, or train again.' : `npm run finetune -- --name ${name}`);

const adapterParents = (): string[] => [path.join(dataDirectory(), 'adapters'), path.join(modelsDirectory(), 'adapters')];

const exists = (file: string): Promise<boolean> => stat(/* turbopackIgnore: true */ file).then(() => true, () => false);

async function readWeights(file: string, remedy: string) {
  const bytes = await readFile(/* turbopackIgnore: true */ file).catch((cause: unknown) => {
    throw new DamagedArtifactError(`The adapter's file ${file} cannot be read.`, { remedy, detail: { id: 'adapter-damaged', facts: { file } }, cause });
  });
  try {
    return { hash: createHash('sha256').update(bytes).digest('hex'), tensors: decodeSafetensors(bytes, file).tensors };
  } catch (cause) {
    throw new DamagedArtifactError((cause as Error).message, { remedy, detail: { id: 'adapter-damaged', facts: { file } }, cause });
  }
}

/** Merged by another rank than its matrices have, an adapter would be nonsense, which is then kept under the adapter's hash. */
function refuseOtherRank(folder: string, rank: number, tensors: AdapterMatrices['tensors'], remedy: string): void {
  for (const [name, { shape }] of tensors) {
    const own = shape[name.includes('.lora_A.') ? 0 : 1];
    if (own === rank) continue;
    const file = path.join(folder, 'adapter_config.json');
    throw new DamagedArtifactError(`The adapter's file ${file} names rank ${rank}; its tensor ${name} has ${own}.`, { remedy, detail: { id: 'adapter-damaged', facts: { file } } });
  }
}

async function readJson<T>(file: string, schema: z.ZodType<T>, remedy: string): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(/* turbopackIgnore: true */ file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? cause.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ') : (cause as Error).message;
    throw new DamagedArtifactError(`The adapter's file ${file} cannot be used: ${reason}.`, { remedy, detail: { id: 'adapter-damaged', facts: { file } }, cause });
  }
}
