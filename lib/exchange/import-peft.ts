/** Adapters trained elsewhere: PEFT's LoRA, checked and brought into the form the engine reads. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { ADAPTER_WEIGHTS } from '../generate/adapters.ts';
import { tensorName, type AdapterMatrices, type AdapterTensor } from '../generate/pack-adapter.ts';
import type { AdapterRefusal } from '../messages/refused.ts';
import { BadInputError } from '../system/errors.ts';
import { dataDirectory } from '../system/paths.ts';
import { writeFolderAtomically, writeParts } from '../system/write-folder.ts';
import { projectionSize, type DecoderConfiguration, type ProjectionName } from '../transformer/configuration.ts';
import { modelHash } from '../weights/model-hash.ts';
import { decodeSafetensors, encodeSafetensors } from '../weights/safetensors.ts';
import { peftConfiguration } from '../weights/peft-configuration.ts';
import { baseConfiguration, baseFolder } from './read-stack.ts';

/** The files of an adapter folder by name; others are ignored. */
export type AdapterFolderFiles = ReadonlyMap<string, Uint8Array>;

/** Enough for a LoRA of rank 256 on every layer of the model that ships. */
export const LARGEST_ADAPTER_BYTES = 256 << 20;
const LARGEST_RANK = 256;
const CONFIGURATION = 'adapter_config.json';
const PICKLE = 'adapter_model.bin';

/**
 * How matrices may have begun. Other ways - PiSSA, OLoRA, CorDA, LoRA-GA, LoftQ - change the base model's own weights too, and what is saved acts on
 * those alone (github.com/huggingface/peft, docs/source/developer_guides/lora.md).
 */
const Beginning = z.union([z.boolean(), z.enum(['gaussian', 'eva', 'orthogonal'])], 'beginnings that change the base model too, such as PiSSA, OLoRA or LoftQ, cannot be used; PEFT converts some of them: save_pretrained(..., path_initial_model_for_weight_conversion=...)');

const Configuration = z.object({
  peft_type: z.literal('LORA', 'only LoRA can be used'),
  r: z.number().int().min(1).max(LARGEST_RANK),
  lora_alpha: z.number().positive(),
  use_rslora: z.boolean().nullish(),
  use_dora: z.literal(false, 'DoRA changes the formula').nullish(),
  bias: z.literal('none', 'trained biases cannot be used').nullish(),
  fan_in_fan_out: z.literal(false, 'transposed layers cannot be used').nullish(),
  init_lora_weights: Beginning.nullish(),
  layer_replication: z.array(z.unknown()).max(0, 'repeated layers cannot be used').nullish(),
  alora_invocation_tokens: z.array(z.unknown()).max(0, 'adapters that act only after certain tokens cannot be used, as they would act at all times').nullish(),
  modules_to_save: z.array(z.string()).max(0, 'layers saved as a whole cannot be used').nullish(),
  alpha_pattern: z.record(z.string(), z.number()).refine((patterns) => Object.keys(patterns).every((key) => /^[\w.]+$/.test(key)), 'patterns that are regular expressions cannot be used').nullish(),
});

/** What an adapter made here says about its base model, and about what it was trained on top of. */
const Card = z.object({ baseHash: z.string(), beneath: z.object({ name: z.string() }).nullish() });

const TENSOR = /layers\.(\d+)\.((?:self_attn|mlp)\.\w+_proj)\.lora_([AB])(?:\.default)?\.weight$/;

/**
 * Checks PEFT files and gives their matrices one rank, with the strength folded in. BadInputError says what cannot be used: another kind of
 * adapter, one that lacks what it lies on, another model's sizes, unknown tensors, numbers that are none.
 */
export function readPeft(files: AdapterFolderFiles, configuration: DecoderConfiguration): AdapterMatrices {
  const settings = readConfiguration(files);
  refuseUpperPart(files);
  const weights = files.get(ADAPTER_WEIGHTS);
  if (!weights) {
    const remedy = 'Save it with PEFT\'s save_pretrained(..., safe_serialization=True).';
    throw files.has(PICKLE) ? refused(`The adapter is a pickle (${PICKLE}), which can run code when it is opened.`, remedy, { id: 'pickle', facts: { file: PICKLE } }) : refused(`There is no ${ADAPTER_WEIGHTS}.`, remedy, { id: 'missing', facts: { file: ADAPTER_WEIGHTS } });
  }
  const { tensors } = decodeOrRefuse(weights);
  const pairs = pairMatrices(tensors, configuration);
  const rank = Math.max(...pairs.map(({ a }) => a.shape[0]));
  const packed = new Map<string, AdapterTensor>();
  for (const { layer, projection, module, a, b } of pairs) {
    const own = a.shape[0];
    const alpha = pattern(settings.alpha_pattern, module) ?? settings.lora_alpha;
    // Rank-stabilised LoRA (Kalajdzievski 2023) divides by the root of the rank.
    const scale = alpha / (settings.use_rslora ? Math.sqrt(own) : own);
    const { input, output } = projectionSize(configuration, projection);
    const down = new Float32Array(rank * input);
    down.set(a.data);
    const up = new Float32Array(output * rank);
    for (let row = 0; row < output; row++) for (let column = 0; column < own; column++) up[row * rank + column] = scale * b.data[row * own + column];
    if (!up.every(Number.isFinite)) throw refused(`The matrices of ${module} are not finite once they have their strength, alpha ${alpha}.`, `Look at lora_alpha and alpha_pattern in ${CONFIGURATION}.`, { id: 'too-strong', facts: { module, alpha } });
    packed.set(tensorName(layer, projection, 'A'), { shape: [rank, input], data: down });
    packed.set(tensorName(layer, projection, 'B'), { shape: [output, rank], data: up });
  }
  return { rank, alpha: rank, tensors: packed };
}

/**
 * Writes a PEFT adapter into the data directory as `name`. The caller has checked the name and that it may be replaced. Rejects as `readPeft`, and
 * when the files say that they belong to another base model.
 */
export async function importPeft(files: AdapterFolderFiles, name: string): Promise<{ folder: string; rank: number; layers: number }> {
  const adapter = readPeft(files, await baseConfiguration());
  const baseHash = await modelHash(baseFolder());
  const card = cardOf(files);
  if (card && card.baseHash !== baseHash) {
    throw refused(`The adapter was trained on another base model (${card.baseHash.slice(0, 12)}) than this one (${baseHash.slice(0, 12)}).`, 'Train it again on the base model exported from here.', { id: 'other-base', facts: {} });
  }
  const weights = encodeSafetensors(adapter.tensors, { format: 'pt' });
  const layers = new Set([...adapter.tensors.keys()].map((tensor) => TENSOR.exec(tensor)![1])).size;
  const folder = path.join(dataDirectory(), 'adapters', name);
  await writeFolderAtomically(folder, async (aside) => {
    await writeParts(path.join(aside, ADAPTER_WEIGHTS), [weights]);
    await writeParts(path.join(aside, CONFIGURATION), [json(peftConfiguration({ rank: adapter.rank, alpha: adapter.alpha, tensorNames: adapter.tensors.keys() }))]);
    await writeParts(path.join(aside, 'card.json'), [json({
      name,
      origin: 'imported',
      createdAt: new Date().toISOString(),
      baseHash,
      dataHash: null,
      adapterHash: createHash('sha256').update(weights).digest('hex'),
      beneath: null,
      examples: null,
      settings: { rank: adapter.rank, alpha: adapter.alpha, layers, epochs: null },
      losses: [],
      heldOut: { n: 0, loss: null, exactMatch: null, equivalent: null },
      trainingSeconds: null,
      tokensPerSecond: null,
      peakMemoryBytes: null,
      versions: {},
    })]);
  });
  return { folder, rank: adapter.rank, layers };
}

/** `null` for a card of another program, and without one. */
function cardOf(files: AdapterFolderFiles): z.output<typeof Card> | null {
  const card = files.get('card.json');
  return (card && Card.safeParse(parseJson(card, 'card.json')).data) ?? null;
}

/** A folder of this project copied as it is holds only what was trained last; an export holds all of it. */
function refuseUpperPart(files: AdapterFolderFiles): void {
  const beneath = cardOf(files)?.beneath;
  if (beneath) throw refused(`The adapter was trained on top of "${beneath.name}", which these files do not hold: alone it would answer nonsense.`, 'Export it where it was trained (npm run adapter -- export NAME FOLDER): that makes one of both.', { id: 'upper-part', facts: { beneath: beneath.name.slice(0, 80) } });
}

function readConfiguration(files: AdapterFolderFiles): z.output<typeof Configuration> {
  const file = files.get(CONFIGURATION);
  if (!file) throw refused(`There is no ${CONFIGURATION}.`, 'Give the folder that PEFT\'s save_pretrained wrote.', { id: 'missing', facts: { file: CONFIGURATION } });
  const result = Configuration.safeParse(parseJson(file, CONFIGURATION));
  if (result.success) return result.data;
  const [{ path: at, message }] = result.error.issues;
  const cause = `${at.join('.')}: ${message}.`;
  throw refused(`${CONFIGURATION} cannot be used: ${cause}`, 'Train a plain LoRA adapter on the linear layers.', { id: 'configuration', facts: { file: CONFIGURATION, cause } });
}

function decodeOrRefuse(weights: Uint8Array) {
  try {
    return decodeSafetensors(weights, ADAPTER_WEIGHTS);
  } catch (cause) {
    const { message } = cause as Error;
    throw refused(message, 'Save the adapter again, in float32, float16 or bfloat16.', { id: 'weights', facts: { file: ADAPTER_WEIGHTS, cause: message } }, cause);
  }
}

interface Pair {
  readonly layer: number;
  readonly projection: ProjectionName;
  /** As rank and alpha patterns name it. */
  readonly module: string;
  readonly a: AdapterTensor;
  readonly b: AdapterTensor;
}

function pairMatrices(tensors: ReadonlyMap<string, AdapterTensor>, configuration: DecoderConfiguration): Pair[] {
  const found = new Map<string, Partial<Record<'A' | 'B', AdapterTensor>>>();
  for (const [name, tensor] of tensors) {
    const [, layer, projection, side] = TENSOR.exec(name) ?? [];
    if (!layer) throw refused(`The tensor "${name.slice(0, 120)}" is no LoRA matrix of a linear layer.`, 'Adapters may change the linear layers only, not embeddings, norms or biases.', { id: 'other-tensor', facts: { tensor: name.slice(0, 120) } });
    if (!tensor.data.every(Number.isFinite)) throw refused(`The tensor "${name}" holds numbers that are not finite.`, 'The training diverged; use an earlier checkpoint.', { id: 'not-finite', facts: { tensor: name } });
    const key = `${layer} ${projection}`;
    found.set(key, { ...found.get(key), [side]: tensor });
  }
  if (found.size === 0) throw refused('The adapter holds no matrices.', 'Save it again.', { id: 'empty', facts: {} });
  return [...found].map(([key, { A: a, B: b }]) => {
    const [layer, projection] = [Number(key.split(' ')[0]), key.split(' ')[1] as ProjectionName];
    const module = `layers.${layer}.${projection}`;
    const size = layer < configuration.layers ? projectionSize(configuration, projection) : undefined;
    if (!size) throw refused(`This model has no layer ${module}.`, 'Train the adapter on the base model exported from here.', { id: 'no-layer', facts: { module } });
    if (!a || !b) throw refused(`The adapter has only one of the two matrices of ${module}.`, 'Save it again.', { id: 'half-pair', facts: { module } });
    const rank = a.shape[0];
    if (a.shape[1] !== size.input || b.shape[0] !== size.output || b.shape[1] !== rank || rank < 1 || rank > LARGEST_RANK) {
      const [have, need] = [`${a.shape.join(' x ')}, ${b.shape.join(' x ')}`, `R x ${size.input}, ${size.output} x R`];
      throw refused(`The matrices of ${module} are ${have}; this model needs ${need}, R at most ${LARGEST_RANK}.`, 'Train the adapter on the base model exported from here.', { id: 'other-sizes', facts: { module, have, need, rank: LARGEST_RANK } });
    }
    return { layer, projection, module, a, b };
  });
}

const refused = (message: string, remedy: string, why: AdapterRefusal, cause?: unknown): BadInputError => new BadInputError(message, { cause, remedy, detail: { id: 'adapter-refused', facts: { why } } });

/** PEFT's patterns name a module by the end of its name, or by a regular expression; the plain ends are understood. */
const pattern = (patterns: Record<string, number> | null | undefined, module: string): number | undefined =>
  Object.entries(patterns ?? {}).find(([end]) => module === end || module.endsWith(`.${end}`) || `model.${module}` === end)?.[1];

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw refused(`${file} is not valid JSON.`, 'Save the adapter again.', { id: 'not-json', facts: { file } }, cause);
  }
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
