/** How long a training will take, from one that was measured. */
import type { AdapterView } from '@/lib/messages/adapters.ts';
import { ALTERED, REHEARSED, type TrainingRunDetail } from '@/lib/messages/training.ts';

/** What the time of a training grows with. */
export interface PlannedTraining {
  /** Without passages. */
  readonly examples: number;
  /** With passages, beside them: examples shown again, and what is rehearsed with them. */
  readonly shown: number;
  readonly epochs: number;
  readonly layers: number;
  readonly reach: string;
}

/** A training whose time is known. */
export interface MeasuredTraining extends PlannedTraining {
  readonly name: string;
  /** Of the whole training. */
  readonly seconds: number;
  readonly tokensPerSecond: number;
}

export interface Estimate {
  readonly seconds: number;
  readonly from: MeasuredTraining;
}

/** An example with passages takes so many times as long as one without: 4.5 of Pajak, 4.6 of the handbook (docs/experiments/fine-tuning.md). */
const SHOWN = 4.5;
/** Gradients to everything against gradients to answers: 0.18 and 0.14 s a step (docs/experiments/fine-tuning-speed.md). */
const EVERYTHING = 1.28;

/** Rows with passages for one example, of which a share is shown again. */
const beside = (share: number): number => share * (1 + ALTERED) * (1 + REHEARSED);

/** How many rows with passages are trained beside so many examples, of which a share is shown again. */
export const shownBeside = (examples: number, share: number): number => Math.round(examples * beside(share));

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
    const shown = card.shown ?? 0;
    return [{ name: card.name, examples: card.examples - shown, shown, epochs, layers, reach: String(card.settings.reach), seconds: card.trainingSeconds, tokensPerSecond: card.tokensPerSecond }];
  });
}

/** A run under way, once a few steps have shown its pace; `null` before. */
export function measuredRun(run: TrainingRunDetail | null): MeasuredTraining | null {
  if (run === null || run.progress.step < 5 || run.progress.tokensPerSecond === null || run.progress.seconds <= 0) return null;
  const { step, steps, seconds, tokensPerSecond } = run.progress;
  const { examples: { train }, settings: { epochs, layers, passages, reach } } = run;
  // A run that trains counts those with passages among its examples.
  const examples = Math.round(train / (1 + beside(passages)));
  return { name: run.name, examples, shown: train - examples, epochs, layers, reach, seconds: (seconds * steps) / step, tokensPerSecond };
}

/**
 * Scales a measured training to the planned one. Time grows with examples and epochs, with how far gradients reach, and with the trained layers: what lies
 * below them is computed once and kept. Of several, the one whose number of layers is nearest is taken, the earlier of equals; `null` of none.
 */
export function estimate(planned: PlannedTraining, measured: readonly MeasuredTraining[]): Estimate | null {
  let from: MeasuredTraining | null = null;
  const distance = ({ layers }: MeasuredTraining) => Math.abs(Math.log(layers / planned.layers));
  for (const one of measured) if (from === null || distance(one) < distance(from)) from = one;
  if (from === null || !(planned.examples > 0)) return null;
  return { seconds: (from.seconds * work(planned)) / work(from), from };
}

const work = ({ examples, shown, epochs, layers, reach }: PlannedTraining): number => (examples + SHOWN * shown) * epochs * layers * (reach === 'everything' ? EVERYTHING : 1);
