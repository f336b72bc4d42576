/** The worker in which the language model lives. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { DamagedArtifactError, ProductError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer } from '../tokenizer/tokenizer.ts';
import { verifyModel } from '../weights/manifest.ts';
import { modelHash } from '../weights/model-hash.ts';
import { AdapterShelf } from './adapter-shelf.ts';
import { openLanguageModel } from './open-model.ts';
import type { WorkerData } from './protocol.ts';
import { serveEngine, type EngineParts } from './worker-server.ts';

async function loadEngine(): Promise<EngineParts> {
  const folder = path.join(/* turbopackIgnore: true */ modelsDirectory(), LANGUAGE_MODEL);
  await verifyModel(folder);
  const baseHash = await modelHash(folder);
  const tokenizer = await loadTokenizer();
  const model = await openLanguageModel(folder).catch((cause: unknown) => {
    if (cause instanceof ProductError) throw cause;
    // ONNX Runtime's own words for a file that is too short or of another shape.
    throw new DamagedArtifactError(`The language model in ${folder} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`, { remedy: 'git checkout -- models', cause });
  });
  const { beginToken, endTokens } = model.configuration;
  return { model, baseHash, tokens: { ...tokenizer, beginToken, endTokens }, adapters: new AdapterShelf(model, baseHash) };
}

void serveEngine(parentPort!, workerData as WorkerData, loadEngine);
