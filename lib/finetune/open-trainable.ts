/** The language model as training needs it: its tokens, and losses and gradients with an adapter of a layout. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readAdapter, trainCommand } from '../generate/adapters.ts';
import { BadInputError } from '../system/errors.ts';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer } from '../tokenizer/tokenizer.ts';
import { gemma3Configuration, type DecoderConfiguration } from '../transformer/configuration.ts';
import { openWeights } from '../weights/directory.ts';
import { modelHash } from '../weights/model-hash.ts';
import type { AdapterLayout } from './adapter-layout.ts';
import type { Encode, SpecialTokens } from './dataset.ts';
import { openFrozenWeights } from './frozen-weights.ts';
import type { MergedAdapter } from './merge-adapter.ts';
import type { FineTuneSettings } from './settings.ts';
import type { TrainableModel } from './train.ts';
import { Trainer } from './trainer.ts';

export interface TrainableLanguageModel {
  /** SHA-256. */
  readonly baseHash: string;
  readonly configuration: DecoderConfiguration;
  readonly beneath: (MergedAdapter & { readonly name: string }) | null;
  readonly encode: Encode;
  readonly special: SpecialTokens;
  /** Opens the graphs; expands the weights into the cache folder where that was not done before. */
  open(layout: AdapterLayout): Promise<TrainableModel & { close(): Promise<void> }>;
}

/** `beneath`: name of an adapter that is always on. */
export type OpenTrainable = (settings: FineTuneSettings, beneath?: string) => Promise<TrainableLanguageModel>;

/** The model that ships. `tokensAtOnce`: see TrainerOptions. */
export async function openShippedModel(settings: FineTuneSettings, beneathName?: string, tokensAtOnce?: number): Promise<TrainableLanguageModel> {
  const folder = path.join(modelsDirectory(), LANGUAGE_MODEL);
  const baseHash = await modelHash(folder);
  const configuration = gemma3Configuration(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')), Math.max(settings.maximumTokens, tokensAtOnce ?? 0));
  const { encode } = await loadTokenizer();
  const beneath = beneathName === undefined ? null : await openBeneath(beneathName, baseHash);
  return {
    baseHash, configuration, beneath, encode,
    special: { begin: configuration.beginToken, end: configuration.endTokens[0] },
    async open(layout) {
      const weightFolder = path.join(dataDirectory(), 'cache');
      const weights = await openFrozenWeights(openWeights(folder), configuration, baseHash, weightFolder, { precision: settings.precision, beneath });
      return Trainer.open({ configuration, weights, weightFolder, layout, alpha: settings.alpha, reach: settings.reach, tokensAtOnce });
    },
  };
}

/** @throws BadInputError for an adapter that does not fit beneath: trained on another base, or itself on top of one, which would be missing. */
export async function openBeneath(name: string, baseHash: string): Promise<MergedAdapter & { name: string }> {
  const { rank, alpha, trainedAlpha = alpha, tensors, summary, baseHash: trainedOn } = await readAdapter(name);
  if (trainedOn !== baseHash) throw new BadInputError(`The adapter "${name}" was trained on another base model.`, { remedy: trainCommand(name) });
  if (summary.beneath) {
    throw new BadInputError(`The adapter "${name}" itself lies on "${summary.beneath.name}", and only one can lie beneath.`, { remedy: `Train on top of "${summary.beneath.name}", or of the plain base.` });
  }
  return { name, rank, alpha, tensors, hash: summary.hash, ...(alpha !== trainedAlpha && { changedAlpha: alpha }) };
}
