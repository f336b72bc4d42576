/**
 * How large the inputs of each frozen matrix usually are, channel by channel. A few channels of a language model are far
 * larger than the others; rounded beside them in 8 bits, the others would lose two thirds of their precision. So inputs
 * are divided by a factor for each channel and the weights multiplied by it (SmoothQuant, Xiao et al. 2023).
 */
import { Tensor } from 'onnxruntime-node';
import { Graph, type Value } from '../onnx/graph.ts';
import { multiply, reduceMean, rmsNorm, split, squareRoot } from '../onnx/operators.ts';
import { openSession } from '../onnx/session.ts';
import { loadTokenizer } from '../tokenizer/tokenizer.ts';
import { PROJECTION_GROUPS, projectionSize, type DecoderConfiguration } from '../transformer/configuration.ts';
import { decoderLayers, embedTokens, type DecoderBackend } from '../transformer/decoder.ts';
import { DecoderWeights, groupWeightName } from '../transformer/weights.ts';
import type { WeightDirectory } from '../weights/directory.ts';

/** Running text in both languages, figures and a list: what the channels answer to hardly depends on the subject. */
const TEXT = `Pertanyaan: Berapa lama surat izin usaha berlaku, dan ke mana permohonan perpanjangannya diajukan?
Jawaban: Izin berlaku 5 tahun sejak tanggal diterbitkan. Permohonan diajukan paling lambat 30 hari sebelum izin berakhir kepada dinas setempat.
The library opens at 8.30 on weekdays; on Saturdays it closes at 13.00. Members may borrow up to six books, each for three weeks.
Question: What does a late return cost? Answer: Rp2.000 a day for every book, up to Rp50.000.`;

/** The text in the language model's tokens. */
export const calibrationTokens = async (): Promise<readonly number[]> => (await loadTokenizer()).encode(TEXT);

/**
 * Root mean square of each input channel (K) of every group of linear layers, by `groupWeightName`, and of the vocabulary by its own name.
 * @param tokens the text that is read for it, without the begin token: calibrationTokens, or where there is no language, any.
 */
export async function inputMagnitudes(directory: WeightDirectory, configuration: DecoderConfiguration, tokens: readonly number[]): Promise<Map<string, Float32Array>> {
  const session = await openSession(magnitudeGraph(directory, configuration), directory.folder, { shareWeights: true });
  try {
    const ids = BigInt64Array.from([configuration.beginToken, ...tokens], BigInt);
    const found = await session.run({
      input_ids: new Tensor('int64', ids, [1, ids.length]),
      position_ids: new Tensor('int64', ids.map((_, index) => BigInt(index)), [1, ids.length]),
    });
    return new Map(Object.entries(found).map(([name, tensor]) => [name, tensor.data as Float32Array]));
  } finally {
    await session.release();
  }
}

function magnitudeGraph(directory: WeightDirectory, configuration: DecoderConfiguration): Graph {
  const graph = new Graph('calibration');
  const tokens = graph.input('input_ids', 'int64', ['B', 'T']);
  const positions = graph.input('position_ids', 'int64', ['B', 'T']);
  const weights = new DecoderWeights(directory);
  const gains = new Map<string, Value>();
  const measure = (x: Value, name: string): void => graph.output(name, squareRoot(reduceMean(multiply(x, x), [0, 1], false)));
  const backend: DecoderBackend = {
    embed: weights.matrix(graph, 'embed_tokens.weight', 1).rows,
    gain(name) {
      if (!gains.has(name)) gains.set(name, weights.vector(graph, name));
      return gains.get(name)!;
    },
    project(x, layer, group) {
      measure(x, groupWeightName(layer, group));
      const sizes = PROJECTION_GROUPS[group].map((name) => projectionSize(configuration, name).output);
      return split(weights.group(graph, layer, group, 1).multiply(x), sizes);
    },
    head: () => {
      throw new Error('Calibration scores no words.');
    },
  };
  const { hidden } = decoderLayers(configuration, backend, embedTokens(configuration, backend, tokens), { positions });
  measure(rmsNorm(hidden, backend.gain('norm.weight'), configuration.normEpsilon), 'embed_tokens.weight');
  return graph;
}

/**
 * Factors c (K) that share a channel's size between input and weights: c = sqrt(rms(x) / rms(W)), to divide x by.
 * `matrices` are the W (N,K) that read the same x.
 */
export function smoothingFactors(magnitudes: Float32Array, matrices: readonly Float32Array[]): Float32Array {
  const inputs = magnitudes.length;
  const squares = new Float64Array(inputs);
  let rows = 0;
  for (const matrix of matrices) {
    for (let at = 0; at < matrix.length; at += inputs) for (let input = 0; input < inputs; input++) squares[input] += matrix[at + input] ** 2;
    rows += matrix.length / inputs;
  }
  return magnitudes.map((magnitude, input) => {
    const factor = Math.sqrt(magnitude / Math.sqrt(squares[input] / rows));
    return Number.isFinite(factor) && factor > 0 ? factor : 1;
  });
}
