/** AdamW (Loshchilov and Hutter 2019), values in, values out. */

/** Adam's running averages, as long as the parameters. */
export interface OptimizerState {
  readonly parameters: Float32Array;
  /** Of the gradient. */
  readonly firstMoment: Float32Array;
  /** Of its square. */
  readonly secondMoment: Float32Array;
  /** Steps taken. */
  readonly step: number;
}

export interface AdamWSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled from the gradient: parameters shrink by learningRate * weightDecay a step. */
  readonly weightDecay: number;
  /** Gradients longer than this (2-norm over all parameters) are shortened to it; 0 turns that off. */
  readonly clipNorm: number;
}

/** Before the first step: no moments yet. The parameters are taken, not copied. */
export function initialState(parameters: Float32Array): OptimizerState {
  return { parameters, firstMoment: new Float32Array(parameters.length), secondMoment: new Float32Array(parameters.length), step: 0 };
}

/**
 * The state after one step and the gradient's norm before clipping. The given state is not changed. `spare`, a state of the same size that
 * nobody needs any more, lends its memory to the new one: fresh memory costs as much as the step itself.
 */
export function adamWStep(state: OptimizerState, gradient: Float32Array, learningRate: number, settings: AdamWSettings, spare: OptimizerState = blank(gradient.length)): { state: OptimizerState; gradientNorm: number } {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = settings;
  const gradientNorm = norm(gradient);
  // PyTorch's clip_grad_norm_ adds the same 1e-6 against a division by zero.
  const clip = clipNorm > 0 ? Math.min(1, clipNorm / (gradientNorm + 1e-6)) : 1;
  const step = state.step + 1;
  const rate = learningRate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  const shrink = 1 - learningRate * weightDecay;
  const { parameters, firstMoment, secondMoment } = spare;
  for (let index = 0; index < gradient.length; index++) {
    const slope = gradient[index] * clip;
    const mean = beta1 * state.firstMoment[index] + (1 - beta1) * slope;
    const square = beta2 * state.secondMoment[index] + (1 - beta2) * slope * slope;
    firstMoment[index] = mean;
    secondMoment[index] = square;
    parameters[index] = state.parameters[index] * shrink - (rate * mean) / (Math.sqrt(square) * correction + epsilon);
  }
  return { state: { parameters, firstMoment, secondMoment, step }, gradientNorm };
}

const blank = (length: number): OptimizerState => initialState(new Float32Array(length));

function norm(values: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] * values[index];
  return Math.sqrt(sum);
}
