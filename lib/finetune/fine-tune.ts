/** From examples to an adapter folder: opens the model, trains, tests on the held-out questions, writes. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { env } from 'onnxruntime-node';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer } from '../tokenizer/tokenizer.ts';
import { gemma3Configuration } from '../transformer/configuration.ts';
import { openWeights } from '../weights/directory.ts';
import { modelHash } from '../weights/model-hash.ts';
import type { NamedTensor } from '../weights/safetensors.ts';
import { encodeAdapter, writeAdapterFolder, type AdapterCard, type HeldOutResult } from './adapter-folder.ts';
import { adapterLayout, initialParameters, toTensors } from './adapter-layout.ts';
import { initialState } from './adamw.ts';
import { readCheckpoint, writeCheckpoint, type EpochLosses } from './checkpoint.ts';
import { tokenizeExamples, type Dataset, type Example } from './dataset.ts';
import { openFrozenWeights } from './frozen-weights.ts';
import type { FineTuneSettings } from './settings.ts';
import { train, type TrainingEvent } from './train.ts';
import { Trainer } from './trainer.ts';

export interface TrainedAdapter {
  readonly rank: number;
  readonly alpha: number;
  /** By PEFT's names. */
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}

export interface FineTuneJob {
  readonly name: string;
  readonly dataset: Dataset;
  readonly settings: FineTuneSettings;
  /** Folder in which the adapter's folder is put. Default: `adapters` in the data directory. */
  readonly output?: string;
  /** Go on from the checkpoint of an earlier run of this name. */
  readonly resume?: boolean;
  /** Has the trained model answer the held-out questions and says what share is right. */
  readonly answerHeldOut?: (adapter: TrainedAdapter, questions: readonly Example[]) => Promise<Pick<HeldOutResult, 'exactMatch' | 'equivalent'>>;
  /** Stops after the step under way; the checkpoint written then is kept. */
  readonly signal?: AbortSignal;
}

export type FineTuneEvent =
  | TrainingEvent
  | { readonly type: 'model-opening' }
  | { readonly type: 'held-out-answering'; readonly questions: number }
  | { readonly type: 'adapter-written'; readonly folder: string; readonly card: AdapterCard };

export const checkpointFile = (name: string): string => path.join(dataDirectory(), 'checkpoints', `${name}.safetensors`);

/**
 * Trains an adapter and writes it, yielding what happens. Ends without an adapter when the signal stops it. Throws
 * an error of lib/system/errors.ts when examples, model or checkpoint cannot be used, or when training diverges.
 */
export async function* fineTune(job: FineTuneJob): AsyncGenerator<FineTuneEvent, void> {
  const { name, dataset, settings } = job;
  yield { type: 'model-opening' };
  const folder = path.join(modelsDirectory(), LANGUAGE_MODEL);
  const baseHash = await modelHash(folder);
  const configuration = gemma3Configuration(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')), settings.maximumTokens);
  const { encode } = await loadTokenizer();
  const special = { begin: configuration.beginToken, end: configuration.endTokens[0] };
  const tokenize = (examples: readonly Example[]) => tokenizeExamples(examples, encode, special, settings.maximumTokens);
  const [trained, heldOut] = [tokenize(dataset.train), tokenize(dataset.heldOut)];

  const layout = adapterLayout(configuration, settings.rank, Math.max(0, configuration.layers - settings.layers));
  const identity = { baseHash, dataHash: dataset.hash, settings };
  const file = checkpointFile(name);
  const { state: start, losses: before, seconds: secondsBefore } = job.resume
    ? await readCheckpoint(file, identity)
    : { state: initialState(initialParameters(layout, settings.seed)), losses: [], seconds: 0 };
  const cacheFolder = path.join(dataDirectory(), 'cache');
  const weights = await openFrozenWeights(openWeights(folder), configuration, baseHash, cacheFolder);
  const trainer = await Trainer.open({ configuration, weights, weightFolder: cacheFolder, layout, alpha: settings.alpha });

  const losses: EpochLosses[] = [...before];
  const began = performance.now();
  const seconds = (): number => secondsBefore + (performance.now() - began) / 1000;
  let end: Extract<TrainingEvent, { type: 'run-end' }> | null = null;
  let parameters = start.parameters;
  try {
    const run = train({
      model: trainer, train: trained, heldOut, settings, start, signal: job.signal,
      save: (state) => writeCheckpoint(file, { state, losses, seconds: seconds() }, identity),
    });
    for (let next = await run.next(); ; next = await run.next()) {
      if (next.done) {
        parameters = next.value.parameters;
        break;
      }
      const event = next.value;
      if (event.type === 'evaluation') losses.push({ epoch: event.epoch, step: event.step, train: event.trainLoss, heldOut: event.heldOutLoss });
      if (event.type === 'run-end') end = event;
      yield event;
    }
  } finally {
    await trainer.close();
  }
  if (end?.reason !== 'finished') return;

  const trainingSeconds = seconds();
  const adapter = { rank: settings.rank, alpha: settings.alpha, tensors: toTensors(layout, parameters) };
  if (heldOut.length > 0) yield { type: 'held-out-answering', questions: heldOut.length };
  const answered = heldOut.length > 0 ? await job.answerHeldOut?.(adapter, dataset.heldOut) : undefined;
  const files = encodeAdapter(layout, parameters);
  const card: AdapterCard = {
    name,
    createdAt: new Date().toISOString(),
    baseHash,
    dataHash: dataset.hash,
    adapterHash: files.hash,
    examples: dataset.train.length,
    settings,
    losses,
    heldOut: { n: dataset.heldOut.length, loss: losses.at(-1)?.heldOut ?? null, exactMatch: answered?.exactMatch ?? null, equivalent: answered?.equivalent ?? null },
    trainingSeconds,
    tokensPerSecond: end.tokensPerSecond,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    versions: { node: process.versions.node, 'onnxruntime-node': env.versions.node ?? env.versions.common },
  };
  const target = path.join(job.output ?? path.join(dataDirectory(), 'adapters'), name);
  await writeAdapterFolder(target, layout, files, card);
  await rm(file, { force: true });
  yield { type: 'adapter-written', folder: target, card };
}
