/**
 * Trains the reader: all layers, one pass, the learning rate falling to 0; the second round goes on from the first's adapter.
 * `npx tsx lib/recipe/train-reader.ts --examples FILE.jsonl --output FOLDER [--from ADAPTER] [--learning-rate 0.0007] [--batch-size 8]`.
 * Stopped (Ctrl-C), it goes on with `--resume`.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readFile } from 'node:fs/promises';
import { FineTuneView } from '../cli/finetune-view.ts';
import { adapterLayout, fromTensors } from '../finetune/adapter-layout.ts';
import { initialState } from '../finetune/adamw.ts';
import { writeCheckpoint } from '../finetune/checkpoint.ts';
import { readDataset, type Dataset } from '../finetune/dataset.ts';
import { checkpointFile, fineTune } from '../finetune/fine-tune.ts';
import { openShippedModel } from '../finetune/open-trainable.ts';
import { DEFAULT_SETTINGS, type FineTuneSettings } from '../finetune/settings.ts';
import { readAdapter } from '../generate/adapters.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL } from '../tokenizer/tokenizer.ts';
import { gemma3Configuration } from '../transformer/configuration.ts';

const NAME = 'reader';
/** All questions of a guide are asked of its sections read once: nearly twice as fast as with half as many, for 0.7 GB more (docs/experiments/fine-tuning-speed.md). */
const TOKENS_AT_ONCE = 1024;

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { examples: text, output: text, from: text, 'learning-rate': { ...text, default: '0.0007' }, 'batch-size': { ...text, default: '8' }, resume: { type: 'boolean', default: false } } });
  if (!values.examples || !values.output) throw new Error('Give --examples FILE and --output FOLDER.');
  const dataset = await readDataset(values.examples);
  const configuration = gemma3Configuration(JSON.parse(await readFile(path.join(modelsDirectory(), LANGUAGE_MODEL, 'config.json'), 'utf8')), DEFAULT_SETTINGS.maximumTokens);
  const settings: FineTuneSettings = { ...DEFAULT_SETTINGS, layers: configuration.layers, epochs: 1, reach: 'everything', batchSize: Number(values['batch-size']), learningRate: Number(values['learning-rate']) };
  if (values.from && !values.resume) await beginFrom(values.from, dataset, settings, configuration);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const view = new FineTuneView();
  for await (const event of fineTune({ name: NAME, dataset, settings, output: values.output, resume: values.resume || values.from !== undefined, signal: interrupted.signal }, (...given) => openShippedModel(...given, TOKENS_AT_ONCE))) view.show(event);
}

/** A checkpoint of step 0 that holds an adapter's matrices: training "resumes" from it with fresh averages and the whole schedule before it. */
async function beginFrom(name: string, dataset: Dataset, settings: FineTuneSettings, configuration: Parameters<typeof adapterLayout>[0]): Promise<void> {
  const adapter = await readAdapter(name);
  const layout = adapterLayout(configuration, settings.rank, configuration.layers - settings.layers);
  if (adapter.rank !== settings.rank || adapter.alpha !== settings.alpha) throw new Error(`Adapter "${name}" has another rank or alpha than the reader.`);
  const parameters = fromTensors(layout, adapter.tensors);
  await writeCheckpoint(checkpointFile(NAME), { state: initialState(parameters), losses: [], seconds: 0 }, { baseHash: adapter.baseHash, dataHash: dataset.hash, settings });
}

await main();
