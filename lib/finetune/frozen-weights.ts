/** The weights that training leaves as they are: the base model, with what lies beneath merged in. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Graph, Value } from '../onnx/graph.ts';
import type { QuantizedColumns } from '../onnx/quantized.ts';
import { bytesSaturate } from '../onnx/saturation.ts';
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import type { WeightDirectory } from '../weights/directory.ts';
import { arrangeFrozenFile, forgetOldFiles, writeFrozenFile, type FrozenPrecision } from './frozen-file.ts';
import { mergedHash, type MergedAdapter } from './merge-adapter.ts';

/** Changes when the file's contents do. */
const LAYOUT_VERSION = 3;

export interface FrozenWeights {
  /**
   * Puts a float32 weight into a graph by its Hugging Face name: `embed_tokens.weight` (V,C), gains, and, where
   * `quantized` has none, the linear layers `layers.3.self_attn.q_proj.weight` (N,K).
   */
  place(graph: Graph, name: string): Value;
  /** Linear layers and the vocabulary in 8 bits; absent when training is exact. */
  readonly quantized?: QuantizedWeights;
}

/** A matrix W (N,K) by its name, twice: scales by output for one direction, by input for the other. */
export interface QuantizedWeights {
  /** (W c) transposed, (K,N), for x/c: the factors c make the channels of x alike (lib/finetune/calibration.ts). */
  forward(graph: Graph, name: string): QuantizedColumns;
  /** 1/c (K), one for all matrices that read the same input: by the name of the first of them. */
  smoothing(graph: Graph, name: string): Value;
  /** W, (N,K), for dy W; linear layers only. */
  backward(graph: Graph, name: string): QuantizedColumns;
}

export interface FrozenOptions {
  /**
   * `int8` (default): products with frozen matrices in 8 bits, forward and backward, several times as fast. `float32`:
   * exact, for proofs.
   */
  readonly precision?: FrozenPrecision;
  /** An adapter that is always on: the weights it changes are frozen with its change. */
  readonly beneath?: MergedAdapter | null;
}

/**
 * Opens the weights in `cacheFolder`, writing them first where they are missing (a third to half a gigabyte for Gemma 3
 * 270M). `baseHash` and what lies beneath name the file.
 */
export async function openFrozenWeights(directory: WeightDirectory, configuration: DecoderConfiguration, baseHash: string, cacheFolder: string, options: FrozenOptions = {}): Promise<FrozenWeights> {
  const { precision = 'int8', beneath = null } = options;
  const codes = precision === 'int8' && (await bytesSaturate()) ? 'uint8' : 'int8';
  const file = `${[baseHash, ...(beneath ? [mergedHash(beneath)] : [])].map((hash) => hash.slice(0, 16)).join('-')}-${precision === 'int8' ? codes : precision}-${LAYOUT_VERSION}.bin`;
  const arrangement = arrangeFrozenFile(directory, configuration, precision, codes);
  const target = path.join(cacheFolder, file);
  const present = await stat(target).catch(() => null);
  if (present?.size !== arrangement.size) {
    await writeFrozenFile({ directory, configuration, precision, beneath }, arrangement, target);
    await forgetOldFiles(cacheFolder, file);
  }
  const place = (graph: Graph, name: string): Value => {
    const { type, shape, offset, length } = arrangement.placements.get(name)!;
    return graph.weight(name, type, shape, { file, offset, length });
  };
  if (precision === 'float32') return { place };
  const columns = (graph: Graph, name: string): QuantizedColumns => ({ codes: place(graph, name), scales: place(graph, `${name}.scales`) });
  return {
    place,
    quantized: {
      forward: (graph, name) => columns(graph, `${name}.forward`),
      smoothing: (graph, name) => place(graph, `${name}.smoothing`),
      backward: (graph, name) => columns(graph, `${name}.backward`),
    },
  };
}
