/** One step of training: what is known already is left out, and the rest moves the parameters. */
import { adamWStep, initialState, type OptimizerState } from './adamw.ts';
import type { TokenizedExample } from './batches.ts';
import type { FineTuneSettings } from './settings.ts';
import type { Measured, MeasuredGradient } from './trainer.ts';

/** What the loop needs of a model. */
export interface TrainableModel {
  gradient(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<MeasuredGradient>;
  loss(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Measured>;
}

export interface TrainingState extends OptimizerState {
  /** Of each training example, its mean loss when it was last trained on; infinite before that. */
  readonly lastLosses: Float32Array;
}

export const initialTrainingState = (parameters: Float32Array, examples: number): TrainingState => ({ ...initialState(parameters), lastLosses: new Float32Array(examples).fill(Infinity) });

export interface TakenStep {
  readonly state: TrainingState;
  /** Mean over the answer tokens of the whole batch; what was left out counts as it was last seen. */
  readonly loss: number;
  readonly answerTokens: number;
  readonly gradientNorm: number;
  /** Tokens of the examples that were trained on. */
  readonly trainedTokens: number;
}

/**
 * Trains on those examples of a batch whose last loss is not below `skipBelow` (selective backpropagation: Jiang et al. 2019, here by the
 * last loss in place of a forward pass). An example that is known by heart has next to no gradient, so the gradient of the others is
 * weighed as if the known ones had been there with none; a batch that is known as a whole only counts as a step.
 * @param placeOf an example's place in `lastLosses`.
 */
export async function trainingStep(model: TrainableModel, batch: readonly TokenizedExample[], state: TrainingState, placeOf: (example: TokenizedExample) => number, learningRate: number, settings: FineTuneSettings): Promise<TakenStep> {
  const lastLoss = (example: TokenizedExample): number => state.lastLosses[placeOf(example)];
  const known = batch.filter((example) => lastLoss(example) < settings.skipBelow);
  const trained = batch.filter((example) => !(lastLoss(example) < settings.skipBelow));
  const knownLoss = known.reduce((sum, example) => sum + lastLoss(example) * answerTokensOf([example]), 0);
  const answerTokens = answerTokensOf(batch);
  if (trained.length === 0) return { state: { ...state, step: state.step + 1 }, loss: knownLoss / answerTokens, answerTokens, gradientNorm: 0, trainedTokens: 0 };

  const { loss, gradient, exampleLosses } = await model.gradient(trained, state.parameters);
  const share = answerTokensOf(trained) / answerTokens;
  if (share < 1) for (let index = 0; index < gradient.length; index++) gradient[index] *= share;
  const { state: next, gradientNorm } = adamWStep(state, gradient, learningRate, settings);
  const lastLosses = state.lastLosses.slice();
  trained.forEach((example, index) => (lastLosses[placeOf(example)] = exampleLosses[index]));
  return {
    state: { ...next, lastLosses }, answerTokens, gradientNorm,
    loss: loss * share + knownLoss / answerTokens,
    trainedTokens: trained.reduce((sum, { tokens }) => sum + tokens.length, 0),
  };
}

const answerTokensOf = (examples: readonly TokenizedExample[]): number => examples.reduce((sum, { tokens, promptLength }) => sum + tokens.length - promptLength, 0);
