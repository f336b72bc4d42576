/** Opens a model folder of models/ as a language model. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { calibrationTokens } from '../finetune/calibration.ts';
import { openSession } from '../onnx/session.ts';
import { gemma3Configuration, type DecoderConfiguration } from '../transformer/configuration.ts';
import { inferenceGraph, type InferenceGraphOptions } from '../transformer/inference-graph.ts';
import { DecoderWeights } from '../transformer/weights.ts';
import { openWeights } from '../weights/directory.ts';
import type { Adapter } from './adapters.ts';
import { mergedWeights } from './merged-weights.ts';
import { LanguageModel } from './model.ts';
import { readSmoothing } from './smoothing.ts';

/** Reads config.json of a model folder. */
export async function readConfiguration(folder: string): Promise<DecoderConfiguration> {
  return gemma3Configuration(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')));
}

/** Opens the model in a folder of models/. Rejects with an error of lib/system/errors.ts when files are missing or damaged. */
export async function openLanguageModel(folder: string, options: InferenceGraphOptions & { readonly threads?: number } = {}): Promise<LanguageModel> {
  const configuration = await readConfiguration(folder);
  const weights = openWeights(folder);
  const graph = inferenceGraph(configuration, new DecoderWeights(weights), options);
  return new LanguageModel(configuration, await openSession(graph, folder, { threads: options.threads, spin: true }), readSmoothing(weights, configuration));
}

/** The same with an adapter merged into its weights, as the page opens it with the reader (merged-weights.ts). */
export const openMergedModel = async (folder: string, adapter: Adapter): Promise<LanguageModel> =>
  openLanguageModel(await mergedWeights(folder, adapter.baseHash, await readConfiguration(folder), adapter, calibrationTokens));
