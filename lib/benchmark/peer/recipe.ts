/** What both sides are given: the same batches in the same order, the same learning rates. */
import { shuffledBatches, sortedBatches, type TokenizedExample } from '../../finetune/batches.ts';
import { makeDataset, tokenizeDataset, type Dataset } from '../../finetune/dataset.ts';
import { seededRandom } from '../../finetune/random.ts';
import { learningRateAt, type FineTuneSettings } from '../../finetune/settings.ts';
import { loadTokenizer } from '../../tokenizer/tokenizer.ts';
import { trainingExamples } from '../../workspace/examples.ts';
import { openWorkspace } from '../../workspace/workspace.ts';
import { WORKSPACE } from '../material.ts';

/** Beginning and end of a text in Gemma's vocabulary. */
const SPECIAL = { begin: 2, end: 1 };

export interface Material {
  readonly dataset: Dataset;
  readonly train: readonly TokenizedExample[];
  readonly heldOut: readonly TokenizedExample[];
}

/** The demo workspace's examples, tokenised as training has them. */
export async function openMaterial(): Promise<Material> {
  const workspace = await openWorkspace(WORKSPACE);
  const dataset = makeDataset(trainingExamples(await workspace.facts()), `The workspace "${WORKSPACE}"`);
  const { encode } = await loadTokenizer();
  const { train, heldOut } = tokenizeDataset(dataset, encode, SPECIAL, 512, 'refuse');
  return { dataset, train, heldOut };
}

export interface Epoch {
  readonly batches: readonly (readonly TokenizedExample[])[];
  readonly learningRates: readonly number[];
}

/** Batches and learning rates of every epoch, so that all sides take the very same steps. */
export function epochsOf(examples: readonly TokenizedExample[], settings: FineTuneSettings): Epoch[] {
  const stepsPerEpoch = Math.ceil(examples.length / settings.batchSize);
  return Array.from({ length: settings.epochs }, (_, epoch) => {
    const batches = shuffledBatches(examples, settings.batchSize, seededRandom(settings.seed + epoch));
    return { batches, learningRates: batches.map((_, step) => learningRateAt(epoch * stepsPerEpoch + step, settings.epochs * stepsPerEpoch, settings)) };
  });
}

export const heldOutBatches = (examples: readonly TokenizedExample[]): TokenizedExample[][] => sortedBatches(examples, 8);

/** As many examples as asked for, no two the same: the given ones again and again, told apart by a number in the prompt. */
export function manyExamples(examples: readonly TokenizedExample[], count: number, firstToken = 1000): TokenizedExample[] {
  return Array.from({ length: count }, (_, index) => {
    const { tokens, promptLength } = examples[index % examples.length];
    const copy = Math.floor(index / examples.length);
    return copy === 0 ? { tokens, promptLength } : { tokens: [tokens[0], firstToken + copy, ...tokens.slice(1)], promptLength: promptLength + 1 };
  });
}
