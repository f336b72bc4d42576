/** Ten short trainings in one process, opened and closed each time; writes the memory held after each, one JSON line. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { adapterLayout, initialParameters } from '../../finetune/adapter-layout.ts';
import { openFrozenWeights } from '../../finetune/frozen-weights.ts';
import { DEFAULT_SETTINGS } from '../../finetune/settings.ts';
import { Trainer } from '../../finetune/trainer.ts';
import { dataDirectory, modelsDirectory } from '../../system/paths.ts';
import { LANGUAGE_MODEL } from '../../tokenizer/tokenizer.ts';
import { gemma3Configuration } from '../../transformer/configuration.ts';
import { openWeights } from '../../weights/directory.ts';
import { modelHash } from '../../weights/model-hash.ts';
import { epochsOf, openMaterial } from './recipe.ts';

const STEPS = 4;
const folder = path.join(modelsDirectory(), LANGUAGE_MODEL);
const configuration = gemma3Configuration(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')), 512);
const cacheFolder = path.join(dataDirectory(), 'cache');
const layout = adapterLayout(configuration, DEFAULT_SETTINGS.rank, configuration.layers - DEFAULT_SETTINGS.layers);
const weights = await openFrozenWeights(openWeights(folder), configuration, await modelHash(folder), cacheFolder);
const { batches } = epochsOf((await openMaterial()).train, DEFAULT_SETTINGS)[0];
const residentBytes: number[] = [];
for (let run = 0; run < 10; run++) {
  const trainer = await Trainer.open({ configuration, weights, weightFolder: cacheFolder, layout, alpha: DEFAULT_SETTINGS.alpha, reach: DEFAULT_SETTINGS.reach });
  const parameters = initialParameters(layout, run);
  for (const batch of batches.slice(0, STEPS)) await trainer.gradient(batch, parameters);
  await trainer.close();
  residentBytes.push(process.memoryUsage.rss());
}
console.log(JSON.stringify({ residentBytes, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 }));
