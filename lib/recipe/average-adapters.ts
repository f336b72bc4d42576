/**
 * Averages an adapter with one that was trained on from it, weight by weight (Wortsman et al. 2022, "Robust fine-tuning of zero-shot
 * models"): here it reads better than either. `npx tsx lib/recipe/average-adapters.ts --first NAME --second NAME --share 0.5 --output FOLDER`;
 * the share is the second's. The card is the second's, with the new hash and what was averaged.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { encodeAdapter, writeAdapterFolder, type AdapterCard } from '../finetune/adapter-folder.ts';
import { adapterLayout, fromTensors } from '../finetune/adapter-layout.ts';
import { adapterFolder, readAdapter } from '../generate/adapters.ts';
import { readConfiguration } from '../generate/open-model.ts';
import { BadInputError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL } from '../tokenizer/tokenizer.ts';

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { first: text, second: text, share: { ...text, default: '0.5' }, output: text } });
  const share = Number(values.share);
  if (!values.first || !values.second || !values.output || !(share > 0 && share < 1)) throw new BadInputError('Give --first NAME, --second NAME, --output FOLDER and a --share between 0 and 1.');
  const [first, second] = await Promise.all([readAdapter(values.first), readAdapter(values.second)]);
  const card = JSON.parse(await readFile(path.join(await adapterFolder(values.second), 'card.json'), 'utf8')) as AdapterCard;
  const configuration = await readConfiguration(path.join(modelsDirectory(), LANGUAGE_MODEL));
  const layout = adapterLayout(configuration, card.settings.rank, configuration.layers - card.settings.layers);
  if (first.rank !== second.rank || first.alpha !== second.alpha || first.baseHash !== second.baseHash) throw new BadInputError('The adapters differ in rank, alpha or base model, so their weights cannot be averaged.');

  const [one, other] = [first, second].map(({ tensors }) => fromTensors(layout, tensors));
  const parameters = one.map((value, index) => (1 - share) * value + share * other[index]);
  const files = encodeAdapter(layout, parameters);
  const averaged: AdapterCard & { averagedFrom: unknown } = { ...card, createdAt: new Date().toISOString(), adapterHash: files.hash, averagedFrom: [{ hash: first.summary.hash, share: 1 - share }, { hash: second.summary.hash, share }] };
  await writeAdapterFolder(path.join(values.output, card.name), layout, files, averaged);
  console.log(`${path.join(values.output, card.name)}: ${files.hash.slice(0, 12)}`);
}

await main();
