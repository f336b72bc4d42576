/** The worker in which the language model lives. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer } from '../tokenizer/tokenizer.ts';
import { modelHash } from '../weights/model-hash.ts';
import { AdapterShelf } from './adapter-shelf.ts';
import { openLanguageModel } from './open-model.ts';
import type { WorkerData } from './protocol.ts';
import { serveEngine, type EngineParts } from './worker-server.ts';

async function loadEngine(): Promise<EngineParts> {
  const folder = path.join(modelsDirectory(), LANGUAGE_MODEL);
  const baseHash = await modelHash(folder);
  const tokenizer = await loadTokenizer();
  const model = await openLanguageModel(folder);
  const { beginToken, endTokens } = model.configuration;
  return { model, baseHash, tokens: { ...tokenizer, beginToken, endTokens }, adapters: new AdapterShelf(model, baseHash) };
}

void serveEngine(parentPort!, workerData as WorkerData, loadEngine);
