import type { TooLong } from './dataset.ts';
import type { GradientReach } from './training-graph.ts';

export interface FineTuneSettings {
  readonly rank: number;
  readonly alpha: number;
  /** How many layers, counted from the top, get adapters. */
  readonly layers: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Highest learning rate; reached after the warm-up, falling linearly to 0 at the end. */
  readonly learningRate: number;
  /** Share of all steps over which the learning rate rises. */
  readonly warmup: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly seed: number;
  /** Longest example in tokens, prompt and answer together. */
  readonly maximumTokens: number;
  /** What becomes of a longer one. */
  readonly tooLong: TooLong;
  /** Of the products with frozen matrices, forward and backward; adapters, their gradients and all else are float32. */
  readonly precision: 'int8' | 'float32';
  /** How far back gradients go: lib/finetune/training-graph.ts. */
  readonly reach: GradientReach;
}

export const DEFAULT_SETTINGS: FineTuneSettings = {
  rank: 16, // enough to learn 848 phrasings of 200 facts to a loss of 0.01
  alpha: 32, // twice the rank, as is usual; the learning rate below was tried with it
  layers: 8, // of 18: as good on unseen phrasings as all, and everything below is computed only once
  epochs: 4, // as good on the tax facts as six at half the learning rate
  batchSize: 8, // short questions: 8 of them fill the matrix products
  learningRate: 2e-3, // 1e-3 needs six epochs for the same
  warmup: 0.03, // Adam's averages are rough in the first steps
  weightDecay: 0, // facts are to be kept, not smoothed
  clipNorm: 1, // the first steps of a fresh adapter can be violent
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  seed: 1,
  maximumTokens: 512, // one attention window
  tooLong: 'refuse', // nothing is left out that nobody knows of
  precision: 'int8', // half the processor time of float32
  reach: 'answers', // a third less time, as good on unseen phrasings (docs/experiments/fine-tuning-speed.md)
};

/** Learning rate of a step (0-based) of `steps`: a linear rise over the warm-up, then a linear fall to 0. */
export function learningRateAt(step: number, steps: number, settings: Pick<FineTuneSettings, 'learningRate' | 'warmup'>): number {
  const rising = Math.ceil(settings.warmup * steps);
  if (step < rising) return (settings.learningRate * (step + 1)) / rising;
  return (settings.learningRate * (steps - step)) / (steps - rising);
}
