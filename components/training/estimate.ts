/** How long a training will take, from one that was measured. */
import type { AdapterView } from '@/lib/messages/adapters.ts';
import type { TrainingRunDetail } from '@/lib/messages/training.ts';

/** A training whose time is known. */
export interface MeasuredTraining {
  readonly name: string;
  readonly examples: number;
  readonly epochs: number;
  readonly layers: number;
  /** Of the whole training. */
  readonly seconds: number;
  readonly tokensPerSecond: number;
}

export interface PlannedTraining {
  readonly examples: number;
  readonly epochs: number;
  readonly layers: number;
}

export interface Estimate {
  readonly seconds: number;
  readonly from: MeasuredTraining;
}

/** A guess says no more than it knows: to five or ten seconds, from two minutes on to minutes. */
export function roughly(seconds: number): { readonly amount: number; readonly unit: 'second' | 'minute' } {
  if (seconds >= 120) return { amount: Math.round(seconds / 60), unit: 'minute' };
  const coarse = seconds < 60 ? 5 : 10;
  return { amount: Math.max(5, Math.round(seconds / coarse) * coarse), unit: 'second' };
}

/** Adapters with a card; those made on this machine come before those that ship. */
export function measuredAdapters(adapters: readonly AdapterView[]): MeasuredTraining[] {
  const own = adapters.toSorted((one, other) => Number(one.origin === 'shipped') - Number(other.origin === 'shipped'));
  return own.flatMap(({ card }) => {
    const [epochs, layers] = [Number(card?.settings.epochs), Number(card?.settings.layers)];
    if (!card || !(epochs > 0) || !(layers > 0) || !card.examples || !card.trainingSeconds || !card.tokensPerSecond) return [];
    return [{ name: card.name, examples: card.examples, epochs, layers, seconds: card.trainingSeconds, tokensPerSecond: card.tokensPerSecond }];
  });
}

/** A run under way, once a few steps have shown its pace; `null` before. */
export function measuredRun(run: TrainingRunDetail | null): MeasuredTraining | null {
  if (run === null || run.progress.step < 5 || run.progress.tokensPerSecond === null || run.progress.seconds <= 0) return null;
  const { step, steps, seconds, tokensPerSecond } = run.progress;
  return { name: run.name, examples: run.examples.train, epochs: run.settings.epochs, layers: run.settings.layers, seconds: (seconds * steps) / step, tokensPerSecond };
}

/**
 * Scales a measured training to the planned one. Time grows with examples and epochs, and with the trained layers: what lies below
 * them is computed once and kept. Of several, the one whose number of layers is nearest is taken, the earlier of equals; `null` of none.
 */
export function estimate(planned: PlannedTraining, measured: readonly MeasuredTraining[]): Estimate | null {
  let from: MeasuredTraining | null = null;
  const distance = ({ layers }: MeasuredTraining) => Math.abs(Math.log(layers / planned.layers));
  for (const one of measured) if (from === null || distance(one) < distance(from)) from = one;
  if (from === null || !(planned.examples > 0)) return null;
  const share = (planned.examples * planned.epochs * planned.layers) / (from.examples * from.epochs * from.layers);
  return { seconds: from.seconds * share, from };
}
