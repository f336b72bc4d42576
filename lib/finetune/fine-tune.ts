/** From examples to an adapter folder: opens the model, trains, tests on the held-out questions, writes. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { env } from 'onnxruntime-node';
import type { EpochLosses } from '../messages/adapters.ts';
import type { TooLongReport } from '../messages/training.ts';
import { dataDirectory } from '../system/paths.ts';
import type { NamedTensor } from '../weights/safetensors.ts';
import { encodeAdapter, refuseOtherThanAdapter, writeAdapterFolder, type AdapterCard, type HeldOutResult } from './adapter-folder.ts';
import { adapterLayout, initialParameters, toTensors } from './adapter-layout.ts';
import { initialState, type OptimizerState } from './adamw.ts';
import { checkpointSteps } from './checkpoint-steps.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { tokenizeDataset, type Dataset, type Example } from './dataset.ts';
import { mergedHash, type MergedAdapter } from './merge-adapter.ts';
import { openShippedModel, type OpenTrainable } from './open-trainable.ts';
import type { FineTuneSettings } from './settings.ts';
import { train, type KeptLosses, type TrainingEvent } from './train.ts';

export interface TrainedAdapter {
  readonly rank: number;
  readonly alpha: number;
  /** By PEFT's names. */
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  /** The adapter it was trained on top of. */
  readonly beneath: MergedAdapter | null;
}

/** Yields how many are answered so far; ends early, with what is known, when the signal is aborted. */
export type AnswerHeldOut = (adapter: TrainedAdapter, questions: readonly Example[], signal?: AbortSignal) => AsyncGenerator<number, Pick<HeldOutResult, 'exactMatch' | 'equivalent'> | null>;

export interface FineTuneJob {
  readonly name: string;
  readonly dataset: Dataset;
  readonly settings: FineTuneSettings;
  /** Folder in which the adapter's folder is put; an adapter of the same name there is replaced. Default: `adapters` in the data directory. */
  readonly output?: string;
  /** Where the state is saved that a stopped run goes on from. Default: by its name, in the data directory. */
  readonly stateFile?: string;
  /** Go on from that state. */
  readonly resume?: boolean;
  /** Called before the adapter is written, with its hash: rejects when its place may not be taken any more. The state saved last then stays. */
  readonly mayWrite?: (adapterHash: string) => Promise<void>;
  /** Keeps adapters of steps on the way, in folders `folder`/STEP whose cards name the run. */
  readonly checkpoints?: { readonly folder: string; readonly run: string };
  /** Name of an adapter that is always on: it is merged into the frozen weights, and the new one is trained on top of it. */
  readonly beneath?: string;
  /** Has the trained model answer the held-out questions and says what share is right. */
  readonly answerHeldOut?: AnswerHeldOut;
  /** Stops after the step under way; the state saved then is kept. With the reason `stop` or `pause`, an adapter of the last step is kept too, or, stopped after the last of all, written. */
  readonly signal?: AbortSignal;
}

export type FineTuneEvent =
  | TrainingEvent
  | { readonly type: 'model-opening' }
  | { readonly type: 'examples-too-long'; readonly report: TooLongReport }
  /** Goes on from a saved state; `seconds` of training lie behind it. */
  | { readonly type: 'resuming'; readonly step: number; readonly seconds: number }
  | { readonly type: 'adapter-kept'; readonly folder: string; readonly card: AdapterCard }
  | { readonly type: 'held-out-answering'; readonly answered: number; readonly questions: number }
  | { readonly type: 'adapter-written'; readonly folder: string; readonly card: AdapterCard };

export const checkpointFile = (name: string): string => path.join(dataDirectory(), 'checkpoints', `${name}.safetensors`);

/**
 * Trains an adapter and writes it, yielding what happens. Ends without an adapter when the signal stops it. Throws
 * an error of lib/system/errors.ts when examples, model or saved state cannot be used, when the adapter cannot take its place - which is
 * looked at first, and again before writing - or when training diverges.
 */
export async function* fineTune(job: FineTuneJob, openModel: OpenTrainable = openShippedModel): AsyncGenerator<FineTuneEvent, void> {
  const { name, dataset, settings, signal, stateFile = checkpointFile(name) } = job;
  const target = path.join(job.output ?? path.join(dataDirectory(), 'adapters'), name);
  await refuseOtherThanAdapter(target);
  yield { type: 'model-opening' };
  const model = await openModel(settings, job.beneath);
  const { baseHash, configuration, beneath } = model;
  const tokenized = tokenizeDataset(dataset, model.encode, model.special, settings.maximumTokens, settings.tooLong);
  if (tokenized.tooLong) yield { type: 'examples-too-long', report: tokenized.tooLong };

  const layout = adapterLayout(configuration, settings.rank, Math.max(0, configuration.layers - settings.layers));
  const identity = { baseHash: beneath ? `${baseHash}+${mergedHash(beneath)}` : baseHash, dataHash: dataset.hash, settings };
  const { state: start, losses: before, seconds: secondsBefore, tokensPerSecond: paceBefore = 0 }: Checkpoint = job.resume
    ? await readCheckpoint(stateFile, identity)
    : { state: initialState(initialParameters(layout, settings.seed)), losses: [], seconds: 0 };
  if (job.resume) yield { type: 'resuming', step: start.step, seconds: secondsBefore };
  const trainer = await model.open(layout);

  let losses: readonly EpochLosses[] = before;
  const began = performance.now();
  const seconds = (): number => secondsBefore + (performance.now() - began) / 1000;
  const stepsPerEpoch = Math.ceil(tokenized.train.length / settings.batchSize);
  const kept: FineTuneEvent[] = [];
  // A run that goes on after its last step measures none of its own.
  let tokensPerSecond = paceBefore;
  let lastLosses: KeptLosses = { train: NaN, heldOut: null };
  let finished = false;
  let state = start;
  try {
    const run = train({
      model: trainer, train: tokenized.train, heldOut: tokenized.heldOut, settings, start, signal, evaluated: losses.at(-1) ?? null,
      save: (reached) => writeCheckpoint(stateFile, { state: reached, losses, seconds: seconds(), tokensPerSecond }, identity),
      ...(job.checkpoints && { keepAt: checkpointSteps(stepsPerEpoch, settings.epochs), keep: async (reached, lossesThen) => void kept.push(await keep(reached, lossesThen)) }),
    });
    for (let next = await run.next(); ; next = await run.next()) {
      yield* kept.splice(0);
      if (next.done) {
        state = next.value;
        break;
      }
      const event = next.value;
      if (event.type === 'step') [tokensPerSecond, lastLosses] = [event.tokensPerSecond, { train: event.loss, heldOut: null }];
      if (event.type === 'held-out') lastLosses = { ...lastLosses, heldOut: event.loss };
      if (event.type === 'evaluation') losses = [...losses.filter(({ epoch }) => epoch < event.epoch), { epoch: event.epoch, step: event.step, train: event.trainLoss, heldOut: event.heldOutLoss }];
      if (event.type === 'run-end') finished = event.reason === 'finished';
      yield event;
    }
  } catch (error) {
    yield* kept.splice(0);
    throw error;
  } finally {
    await trainer.close();
  }
  const isStop = signal?.aborted && signal.reason === 'stop';
  if (!finished || (signal?.aborted && !isStop)) {
    // Of a pause too: a run that is stopped while it rests is left as it is.
    if (job.checkpoints && (isStop || signal?.reason === 'pause') && state.step > start.step) yield await keep(state, lastLosses);
    return;
  }

  const answered = job.answerHeldOut && dataset.heldOut.length > 0 && !isStop ? yield* answerHeldOut(job.answerHeldOut) : null;
  // Stopped while answering: the training is complete, so its adapter is written without a score. Otherwise all goes on later.
  if (signal?.aborted && signal.reason !== 'stop') return;
  const ofLastStep = losses.find(({ step }) => step === state.step);
  await refuseOtherThanAdapter(target);
  await job.mayWrite?.(encodeAdapter(layout, state.parameters).hash);
  const card = await write(target, state, { loss: ofLastStep?.heldOut ?? null, exactMatch: answered?.exactMatch ?? null, equivalent: answered?.equivalent ?? null });
  await rm(stateFile, { force: true });
  yield { type: 'adapter-written', folder: target, card };

  async function keep(reached: OptimizerState, { train: loss, heldOut }: KeptLosses): Promise<FineTuneEvent> {
    const { folder, run } = job.checkpoints!;
    const place = path.join(folder, String(reached.step));
    const progress = { id: run, step: reached.step, steps: stepsPerEpoch * settings.epochs, epoch: reached.step / stepsPerEpoch, loss };
    return { type: 'adapter-kept', folder: place, card: await write(place, reached, { loss: heldOut, exactMatch: null, equivalent: null }, progress) };
  }

  async function write(folder: string, { parameters }: OptimizerState, heldOut: Omit<HeldOutResult, 'n'>, run: AdapterCard['run'] = null): Promise<AdapterCard> {
    const files = encodeAdapter(layout, parameters);
    const card: AdapterCard = {
      name: run ? `${run.id}@${run.step}` : name,
      createdAt: new Date().toISOString(),
      baseHash,
      dataHash: dataset.hash,
      adapterHash: files.hash,
      beneath: beneath && { name: beneath.name, hash: beneath.hash },
      examples: tokenized.train.length,
      shown: tokenized.train.filter(({ contextLength }) => contextLength !== undefined).length,
      settings,
      losses,
      heldOut: { n: dataset.heldOut.length, ...heldOut },
      trainingSeconds: seconds(),
      tokensPerSecond,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      versions: { node: process.versions.node, 'onnxruntime-node': env.versions.node ?? env.versions.common },
      ...(run && { run }),
    };
    await writeAdapterFolder(folder, layout, files, card);
    return card;
  }

  async function* answerHeldOut(answer: AnswerHeldOut): AsyncGenerator<FineTuneEvent, Pick<HeldOutResult, 'exactMatch' | 'equivalent'> | null> {
    const questions = dataset.heldOut.length;
    yield { type: 'held-out-answering', answered: 0, questions };
    const answering = answer({ rank: settings.rank, alpha: settings.alpha, tensors: toTensors(layout, state.parameters), beneath }, dataset.heldOut, signal);
    for (let next = await answering.next(); ; next = await answering.next()) {
      if (next.done) return next.value;
      yield { type: 'held-out-answering', answered: next.value, questions };
    }
  }
}
