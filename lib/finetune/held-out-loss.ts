/** The loss on held-out examples: over a fixed sample on the way, over all of them after each epoch. */
import { sortedBatches, type TokenizedExample } from './batches.ts';
import { seededRandom, shuffled } from './random.ts';
import type { FineTuneSettings } from './settings.ts';
import type { TrainableModel } from './train.ts';

/** Enough for a curve; all of them at every point would take a tenth of the time. */
const HELD_OUT_SAMPLE = 64;

interface LossSum {
  readonly sum: number;
  readonly tokens: number;
}

export class HeldOutLoss {
  /** The same in every part of a run that was resumed. */
  private readonly sample: readonly TokenizedExample[];
  private readonly others: readonly TokenizedExample[];
  private sampled: LossSum | null = null;

  constructor(
    private readonly model: TrainableModel,
    heldOut: readonly TokenizedExample[],
    private readonly settings: Pick<FineTuneSettings, 'seed' | 'batchSize'>,
    private readonly signal?: AbortSignal,
  ) {
    const order = shuffled(heldOut, seededRandom(settings.seed));
    [this.sample, this.others] = [order.slice(0, HELD_OUT_SAMPLE), order.slice(HELD_OUT_SAMPLE)];
  }

  get sampleSize(): number {
    return this.sample.length;
  }

  /** Mean over the sample's answer tokens, in nats; `null` without held-out examples, or when stopped. */
  async ofSample(parameters: Float32Array): Promise<number | null> {
    this.sampled = await this.losses(this.sample, parameters);
    return mean([this.sampled]);
  }

  /** The same over all examples. Counts the sample as it was last measured. */
  async ofAll(parameters: Float32Array): Promise<number | null> {
    const others = this.others.length > 0 ? [await this.losses(this.others, parameters)] : [];
    return mean([this.sampled, ...others]);
  }

  private async losses(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<LossSum | null> {
    let sum = 0;
    let tokens = 0;
    for (const batch of sortedBatches(examples, this.settings.batchSize)) {
      if (this.signal?.aborted) return null;
      const { loss, answerTokens } = await this.model.loss(batch, parameters);
      sum += loss * answerTokens;
      tokens += answerTokens;
    }
    return tokens > 0 ? { sum, tokens } : null;
  }
}

/** `null` when a part was not measured. */
function mean(parts: readonly (LossSum | null)[]): number | null {
  const measured = parts.flatMap((part) => part ?? []);
  if (measured.length < parts.length) return null;
  return measured.reduce((total, { sum }) => total + sum, 0) / measured.reduce((total, { tokens }) => total + tokens, 0);
}
