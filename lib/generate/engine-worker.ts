/** The worker in which the language model lives. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { DamagedArtifactError, ProductError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer } from '../tokenizer/tokenizer.ts';
import { verifyModel } from '../weights/manifest.ts';
import { modelHash } from '../weights/model-hash.ts';
import { AdapterShelf } from './adapter-shelf.ts';
import { adapterKey, READER, readAdapter } from './adapters.ts';
import { MergedModel } from './merged-model.ts';
import type { LanguageModel } from './model.ts';
import { openLanguageModel, openMergedModel } from './open-model.ts';
import type { WorkerData } from './protocol.ts';
import { serveEngine, type EngineParts } from './worker-server.ts';

async function loadEngine(): Promise<EngineParts> {
  const folder = path.join(/* turbopackIgnore: true */ modelsDirectory(), LANGUAGE_MODEL);
  await verifyModel(folder);
  const baseHash = await modelHash(folder);
  const tokenizer = await loadTokenizer();
  const openBase = (): Promise<LanguageModel> => openLanguageModel(folder).catch((cause: unknown) => {
    if (cause instanceof ProductError) throw cause;
    // ONNX Runtime's own words for a file that is too short or of another shape.
    throw new DamagedArtifactError(`The language model in ${folder} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`, { remedy: 'git checkout -- models', cause });
  });
  const model = (await openMerged(folder, baseHash, openBase)) ?? (await openBase());
  const { beginToken, endTokens } = model.configuration;
  return { model, baseHash, tokens: { ...tokenizer, beginToken, endTokens }, adapters: new AdapterShelf(model, baseHash) };
}

/**
 * With the reader merged in. `null` when there is no reader to merge, or no room to keep the result: then it is added per token like
 * any other, and a question that needs it says what is wrong with it.
 */
async function openMerged(folder: string, baseHash: string, openBase: () => Promise<LanguageModel>): Promise<MergedModel | null> {
  try {
    const adapter = await readAdapter(READER);
    if (adapter.baseHash !== baseHash) return null;
    return new MergedModel(await openMergedModel(folder, adapter), adapterKey(adapter), openBase);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return null;
  }
}

void serveEngine(parentPort!, workerData as WorkerData, loadEngine);
