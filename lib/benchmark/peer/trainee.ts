/**
 * Our side of the comparison, a process of its own so that its memory is its own: reads and answers the same lines as
 * pytorch_peft.py, driving the trainer as lib/finetune/train.ts does.
 * Argument: {"rank", "alpha", "layers", "precision", "reach", "seed", "clipNorm", "cacheFolder"} as JSON.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { env } from 'onnxruntime-node';
import { encodeAdapter } from '../../finetune/adapter-folder.ts';
import { adapterLayout, initialParameters } from '../../finetune/adapter-layout.ts';
import { adamWStep, initialState, type OptimizerState } from '../../finetune/adamw.ts';
import type { TokenizedExample } from '../../finetune/batches.ts';
import { openFrozenWeights } from '../../finetune/frozen-weights.ts';
import { DEFAULT_SETTINGS } from '../../finetune/settings.ts';
import { Trainer } from '../../finetune/trainer.ts';
import { modelsDirectory } from '../../system/paths.ts';
import { LANGUAGE_MODEL } from '../../tokenizer/tokenizer.ts';
import { gemma3Configuration } from '../../transformer/configuration.ts';
import { openWeights } from '../../weights/directory.ts';
import { modelHash } from '../../weights/model-hash.ts';
import type { PeerAnswer, PeerRequest, TraineeOptions } from './protocol.ts';

const options = JSON.parse(process.argv[2]) as TraineeOptions;
const folder = path.join(modelsDirectory(), LANGUAGE_MODEL);
const configuration = gemma3Configuration(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')), 512);
const layout = adapterLayout(configuration, options.rank, configuration.layers - options.layers);
const weights = await openFrozenWeights(openWeights(folder), configuration, await modelHash(folder), options.cacheFolder, { precision: options.precision });
const trainer = await Trainer.open({ configuration, weights, weightFolder: options.cacheFolder, layout, alpha: options.alpha, reach: options.reach });
const settings = { ...DEFAULT_SETTINGS, clipNorm: options.clipNorm };
let state = initialState(initialParameters(layout, options.seed));
let spare: OptimizerState | undefined;

const answer = (message: PeerAnswer): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
answer({ ready: { node: process.versions.node, 'onnxruntime-node': env.versions.node ?? env.versions.common } });
// The same examples come again in every epoch as new objects; the trainer knows those it has seen by identity.
const known = new Map<string, TokenizedExample>();
const same = (example: TokenizedExample): TokenizedExample => {
  const key = example.tokens.join();
  if (!known.has(key)) known.set(key, example);
  return known.get(key)!;
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as PeerRequest;
  if (request.type === 'save') {
    await writeFile(request.file, encodeAdapter(layout, state.parameters).weights);
    answer({});
    continue;
  }
  const batches = request.batches.map((batch) => batch.map(same));
  if (request.type === 'loss') {
    let [sum, count] = [0, 0];
    for (const batch of batches) {
      const { loss, answerTokens } = await trainer.loss(batch, state.parameters);
      [sum, count] = [sum + loss * answerTokens, count + answerTokens];
    }
    answer({ loss: sum / count });
    continue;
  }
  const [started, usedBefore] = [performance.now(), process.cpuUsage()];
  let [tokens, total] = [0, 0];
  for (const [index, batch] of batches.entries()) {
    const { loss, gradient } = await trainer.gradient(batch, state.parameters);
    const { state: next } = adamWStep(state, gradient, request.learningRates[index], settings, spare);
    [spare, state] = [state, next];
    tokens += batch.reduce((sum, example) => sum + example.tokens.length, 0);
    total += loss;
  }
  const { user, system } = process.cpuUsage(usedBefore);
  answer({ seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6, tokens, loss: total / batches.length, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 });
}
await trainer.close();
