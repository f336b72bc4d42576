/** The training loop: a story told in events. */
import type { EpochLosses } from '../messages/adapters.ts';
import { ProductError } from '../system/errors.ts';
import { adamWStep, type OptimizerState } from './adamw.ts';
import { shuffledBatches, type TokenizedExample } from './batches.ts';
import { HeldOutLoss } from './held-out-loss.ts';
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
  /** On the way: over the same few examples each time. */
  | { readonly type: 'held-out'; readonly step: number; readonly loss: number; readonly examples: number }
  /**
   * After each epoch, over all of them. `trainLoss` is the mean over its steps; where the training was resumed within it, over those
   * since. `heldOutLoss` is `null` also when stopped before it was measured: it is measured, and told again, on going on.
   */
  | { readonly type: 'evaluation'; readonly epoch: number; readonly step: number; readonly trainLoss: number; readonly heldOutLoss: number | null }
  /** The state is saved. */
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
  /** The losses of the last epoch before `start` of which any are known. */
  readonly evaluated?: EpochLosses | null;
  /** Called with every state to go on from: after each epoch, every `saveEverySeconds` between, and when stopped. */
  readonly save: (state: OptimizerState) => Promise<void>;
  /** Default 15: what a crash costs at most; a save takes a thirtieth of a second for 1.7 M parameters. */
  readonly saveEverySeconds?: number;
  /** Steps after which the held-out loss is measured and `keep` called. */
  readonly keepAt?: ReadonlySet<number>;
  readonly keep?: (state: OptimizerState, losses: KeptLosses) => Promise<void>;
  /** Ends the run after the step under way. */
  readonly signal?: AbortSignal;
  /** Milliseconds; the default is the process's own clock. */
  readonly clock?: () => number;
}

export interface KeptLosses {
  /** Of the last step. */
  readonly train: number;
  /** Of the same state on held-out examples; `null` where that was not measured. */
  readonly heldOut: number | null;
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
  const { model, settings, signal, keepAt = new Set(), saveEverySeconds = 15, clock = () => performance.now() } = run;
  const stepsPerEpoch = Math.ceil(run.train.length / settings.batchSize);
  const steps = stepsPerEpoch * settings.epochs;
  const heldOutLoss = new HeldOutLoss(model, run.heldOut, settings, signal);
  const started = clock();
  let state = run.start;
  // States that others were given stay as they are; the memory of the rest is used again.
  const given = new WeakSet<OptimizerState>([state]);
  let spare: OptimizerState | undefined;
  let tokensSeen = 0;
  let trainingMs = 0;
  let saved = { step: state.step, at: started };
  let heldOut: number | null = null;
  const seconds = (since = started): number => (clock() - since) / 1000;
  const tokensPerSecond = (): number => (trainingMs > 0 ? tokensSeen / (trainingMs / 1000) : 0);
  yield { type: 'run-start', examples: run.train.length, heldOut: run.heldOut.length, parameters: state.parameters.length, epochs: settings.epochs, steps, firstStep: state.step };
  if (keepAt.size > 0 && state.step === 0) yield* measureSample();
  if (isUnevaluated() && !signal?.aborted) {
    // Checkpoints of before say nothing of an epoch whose end was cut off; its mean is lost, so that a sample stands in for it.
    const trainLoss = run.evaluated?.step === state.step ? run.evaluated.train : await new HeldOutLoss(model, run.train, settings).ofSample(state.parameters);
    yield* endEpoch(state.step / stepsPerEpoch - 1, trainLoss ?? NaN, trainLoss ?? NaN);
    yield await save();
  }
  const firstStepAt = clock();

  while (state.step < steps && !signal?.aborted) {
    const epoch = Math.floor(state.step / stepsPerEpoch);
    const batches = epochBatches(run.train, settings, epoch).slice(state.step % stepsPerEpoch);
    let lossSum = 0;
    let answerTokens = 0;
    for (const [index, batch] of batches.entries()) {
      if (signal?.aborted) break;
      const before = clock();
      const measured = await model.gradient(batch, state.parameters);
      if (!Number.isFinite(measured.loss)) throw diverged(measured.loss, state.step, saved.step);
      const learningRate = learningRateAt(state.step, steps, settings);
      const { state: next, gradientNorm } = adamWStep(state, measured.gradient, learningRate, settings, spare);
      if (!Number.isFinite(gradientNorm)) throw diverged(gradientNorm, state.step, saved.step);
      spare = given.has(state) ? undefined : state;
      state = next;
      trainingMs += clock() - before;
      tokensSeen += batch.reduce((total, { tokens }) => total + tokens.length, 0);
      lossSum += measured.loss * measured.answerTokens;
      answerTokens += measured.answerTokens;
      const secondsLeft = (seconds(firstStepAt) / (state.step - run.start.step)) * (steps - state.step);
      yield { type: 'step', step: state.step, steps, epoch, loss: measured.loss, learningRate, gradientNorm, tokensPerSecond: tokensPerSecond(), secondsLeft };
      // What follows the last batch of an epoch comes with its evaluation.
      const isLast = index === batches.length - 1;
      if (!isLast && keepAt.has(state.step)) {
        yield* measureSample();
        await keep(measured.loss);
      }
      if (!isLast && seconds(saved.at) >= saveEverySeconds) yield await save();
      // Also when stopped, so that what is known of the epoch is saved; nothing is measured then.
      if (isLast) yield* endEpoch(epoch, lossSum / answerTokens, measured.loss);
    }
    if (state.step > saved.step) yield await save();
  }
  yield { type: 'run-end', reason: state.step < steps ? 'stopped' : 'finished', step: state.step, seconds: seconds(), tokensPerSecond: tokensPerSecond() };
  return state;

  /** Whether `start` ends an epoch whose evaluation was cut off. */
  function isUnevaluated(): boolean {
    const { evaluated } = run;
    return state.step > 0 && state.step % stepsPerEpoch === 0 && !(evaluated?.step === state.step && isMeasured(evaluated.heldOut));
  }

  function isMeasured(ofAll: number | null): boolean {
    return ofAll !== null || run.heldOut.length === 0;
  }

  async function* endEpoch(epoch: number, trainLoss: number, lastLoss: number): AsyncGenerator<TrainingEvent, void> {
    yield* measureSample();
    const ofAll = await heldOutLoss.ofAll(state.parameters);
    yield { type: 'evaluation', epoch, step: state.step, trainLoss, heldOutLoss: ofAll };
    if (keepAt.has(state.step) && isMeasured(ofAll)) await keep(lastLoss);
  }

  async function keep(loss: number): Promise<void> {
    given.add(state);
    await run.keep?.(state, { train: loss, heldOut });
  }

  async function save(): Promise<TrainingEvent> {
    given.add(state);
    await run.save(state);
    saved = { step: state.step, at: clock() };
    return { type: 'checkpoint', step: state.step };
  }

  async function* measureSample(): AsyncGenerator<TrainingEvent, void> {
    heldOut = await heldOutLoss.ofSample(state.parameters);
    if (heldOut !== null) yield { type: 'held-out', step: state.step, loss: heldOut, examples: heldOutLoss.sampleSize };
  }
}

/** Follows from seed and epoch alone, so that a resumed run meets the batches it would have met. */
function epochBatches(examples: readonly TokenizedExample[], { batchSize, seed }: FineTuneSettings, epoch: number): TokenizedExample[][] {
  return shuffledBatches(examples, batchSize, seededRandom(seed + 0x9e3779b9 * (epoch + 1)));
}

function diverged(value: number, step: number, saved: number): DivergedTrainingError {
  const kept = saved > 0 ? `The checkpoint of step ${saved} is kept.` : 'No checkpoint had been written yet.';
  return new DivergedTrainingError(`Training diverged at step ${step + 1} (${value}). ${kept}`, { remedy: 'Train again with a smaller --learning-rate.' });
}
