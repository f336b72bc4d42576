/** The training loop: a story told in events. */
import { ProductError } from '../system/errors.ts';
import { adamWStep, type OptimizerState } from './adamw.ts';
import { shuffledBatches, sortedBatches, type TokenizedExample } from './batches.ts';
import { seededRandom } from './random.ts';
import { learningRateAt, type FineTuneSettings } from './settings.ts';
import type { Measured } from './trainer.ts';

export type TrainingEvent =
  | { readonly type: 'run-start'; readonly examples: number; readonly heldOut: number; readonly parameters: number; readonly epochs: number; readonly steps: number; readonly firstStep: number }
  | {
      readonly type: 'step';
      /** 1-based. */
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly gradientNorm: number;
      /** Prompt and answer tokens, padding not counted. */
      readonly tokensPerSecond: number;
      readonly secondsLeft: number;
    }
  | { readonly type: 'evaluation'; readonly epoch: number; readonly step: number; readonly trainLoss: number; readonly heldOutLoss: number | null }
  | { readonly type: 'checkpoint'; readonly step: number }
  | { readonly type: 'run-end'; readonly reason: 'finished' | 'stopped'; readonly step: number; readonly seconds: number; readonly tokensPerSecond: number };

/** What the loop needs of a model. */
export interface TrainableModel {
  gradient(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Measured & { gradient: Float32Array }>;
  loss(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Measured>;
}

export interface TrainingRun {
  readonly model: TrainableModel;
  readonly train: readonly TokenizedExample[];
  readonly heldOut: readonly TokenizedExample[];
  readonly settings: FineTuneSettings;
  /** Where to begin: fresh parameters, or a checkpoint's state. */
  readonly start: OptimizerState;
  /** Called with every state worth keeping: after each epoch, and when stopped. */
  readonly save: (state: OptimizerState) => Promise<void>;
  /** Ends the run after the step under way. */
  readonly signal?: AbortSignal;
  /** Milliseconds; the default is the process's own clock. */
  readonly clock?: () => number;
}

/** The loss is no longer a number: training cannot go on from here. */
export class DivergedTrainingError extends ProductError {
  readonly code = 'training-diverged';
  readonly httpStatus = 500;
}

/**
 * Trains, yielding events, and returns the last state. The same seed and data give the same batches in the same order, also
 * when a run is resumed from a checkpoint. Throws DivergedTrainingError when a loss is not finite; the checkpoint saved
 * before stays as it is.
 */
export async function* train(run: TrainingRun): AsyncGenerator<TrainingEvent, OptimizerState> {
  const { model, settings, signal, clock = () => performance.now() } = run;
  const stepsPerEpoch = Math.ceil(run.train.length / settings.batchSize);
  const steps = stepsPerEpoch * settings.epochs;
  const started = clock();
  let state = run.start;
  let tokensSeen = 0;
  let trainingMs = 0;
  let saved = state.step;
  const seconds = (): number => (clock() - started) / 1000;
  const tokensPerSecond = (): number => (trainingMs > 0 ? tokensSeen / (trainingMs / 1000) : 0);
  yield { type: 'run-start', examples: run.train.length, heldOut: run.heldOut.length, parameters: state.parameters.length, epochs: settings.epochs, steps, firstStep: state.step };

  while (state.step < steps && !signal?.aborted) {
    const epoch = Math.floor(state.step / stepsPerEpoch);
    const batches = epochBatches(run.train, settings, epoch).slice(state.step % stepsPerEpoch);
    let lossSum = 0;
    let answerTokens = 0;
    for (const batch of batches) {
      if (signal?.aborted) break;
      const before = clock();
      const measured = await model.gradient(batch, state.parameters);
      if (!Number.isFinite(measured.loss)) throw diverged(measured.loss, state.step, saved);
      const learningRate = learningRateAt(state.step, steps, settings);
      const { state: next, gradientNorm } = adamWStep(state, measured.gradient, learningRate, settings);
      if (!Number.isFinite(gradientNorm)) throw diverged(gradientNorm, state.step, saved);
      state = next;
      trainingMs += clock() - before;
      tokensSeen += batch.reduce((total, { tokens }) => total + tokens.length, 0);
      lossSum += measured.loss * measured.answerTokens;
      answerTokens += measured.answerTokens;
      const secondsLeft = (seconds() / (state.step - run.start.step)) * (steps - state.step);
      yield { type: 'step', step: state.step, steps, epoch, loss: measured.loss, learningRate, gradientNorm, tokensPerSecond: tokensPerSecond(), secondsLeft };
    }
    if (!signal?.aborted) {
      yield { type: 'evaluation', epoch, step: state.step, trainLoss: lossSum / answerTokens, heldOutLoss: await heldOutLoss(run, state.parameters) };
    }
    if (state.step > saved) {
      await run.save(state);
      saved = state.step;
      yield { type: 'checkpoint', step: saved };
    }
  }
  yield { type: 'run-end', reason: state.step < steps ? 'stopped' : 'finished', step: state.step, seconds: seconds(), tokensPerSecond: tokensPerSecond() };
  return state;
}

/** Follows from seed and epoch alone, so that a resumed run meets the batches it would have met. */
function epochBatches(examples: readonly TokenizedExample[], { batchSize, seed }: FineTuneSettings, epoch: number): TokenizedExample[][] {
  return shuffledBatches(examples, batchSize, seededRandom(seed + 0x9e3779b9 * (epoch + 1)));
}

/** Mean over all held-out answer tokens; `null` without held-out examples. */
async function heldOutLoss({ model, heldOut, settings }: TrainingRun, parameters: Float32Array): Promise<number | null> {
  let sum = 0;
  let tokens = 0;
  for (const batch of sortedBatches(heldOut, settings.batchSize)) {
    const { loss, answerTokens } = await model.loss(batch, parameters);
    sum += loss * answerTokens;
    tokens += answerTokens;
  }
  return tokens > 0 ? sum / tokens : null;
}

function diverged(value: number, step: number, saved: number): DivergedTrainingError {
  const kept = saved > 0 ? `The checkpoint of step ${saved} is kept.` : 'No checkpoint had been written yet.';
  return new DivergedTrainingError(`Training diverged at step ${step + 1} (${value}). ${kept}`, { remedy: 'Train again with a smaller --learning-rate.' });
}
