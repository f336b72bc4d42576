/**
 * Averages adapters that were trained on from the same one, weight by weight (Wortsman et al. 2022, "Model soups"): here the average reads better
 * than any of them. `npx tsx lib/recipe/average-adapters.ts --part NAME=SHARE --part NAME=SHARE ... --output FOLDER [--name NAME]`;
 * shares add up to 1. The card is the last one's, with the new hash and what was averaged; the name, too, unless one is given.
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

interface Part { readonly name: string; readonly share: number }

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { part: { ...text, multiple: true, default: [] as string[] }, output: text, name: text } });
  const parts = values.part.map(partOf);
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  if (parts.length < 2 || !values.output) throw new BadInputError('Give --part NAME=SHARE at least twice, and --output FOLDER.');
  if (Math.abs(total - 1) > 1e-6) throw new BadInputError(`The shares add up to ${total}, not to 1.`);
  const adapters = await Promise.all(parts.map(({ name }) => readAdapter(name)));
  const [first] = adapters;
  if (adapters.some(({ rank, alpha, baseHash }) => rank !== first.rank || alpha !== first.alpha || baseHash !== first.baseHash)) throw new BadInputError('The adapters differ in rank, alpha or base model, so their weights cannot be averaged.');

  const card = JSON.parse(await readFile(path.join(await adapterFolder(parts.at(-1)!.name), 'card.json'), 'utf8')) as AdapterCard;
  const configuration = await readConfiguration(path.join(modelsDirectory(), LANGUAGE_MODEL));
  const layout = adapterLayout(configuration, card.settings.rank, configuration.layers - card.settings.layers);
  const each = adapters.map(({ tensors }) => fromTensors(layout, tensors));
  const files = encodeAdapter(layout, each[0].map((_, at) => each.reduce((sum, parameters, part) => sum + parts[part].share * parameters[at], 0)));
  const name = values.name ?? card.name;
  const averaged: AdapterCard & { averagedFrom: unknown } = { ...card, name, createdAt: new Date().toISOString(), adapterHash: files.hash, averagedFrom: adapters.map(({ summary }, part) => ({ hash: summary.hash, share: parts[part].share })) };
  await writeAdapterFolder(path.join(values.output, name), layout, files, averaged);
  console.log(`${path.join(values.output, name)}: ${files.hash.slice(0, 12)}`);
}

function partOf(part: string): Part {
  const [, name, share] = /^([^=]+)=(0?\.\d+)$/.exec(part) ?? [];
  if (!name) throw new BadInputError(`"--part ${part}" is not NAME=SHARE with a share between 0 and 1, such as reader=0.5.`);
  return { name, share: Number(share) };
}

await main();
