/**
 * Large channels of activations moved into the weights before both are rounded to 8 bits (SmoothQuant, Xiao et al. 2023). A group's inputs are divided by a
 * factor for each channel where they come from - the gain of the norm before it, the rows of v_proj or up_proj - and its weights multiplied by it. So nothing is
 * left to compute, and only what reads or adds to such inputs beside the weights, an adapter, has to know.
 */
import { smoothingFactors } from '../finetune/calibration.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup, type ProjectionName } from '../transformer/configuration.ts';
import { groupWeightName } from '../transformer/weights.ts';
import type { WeightDirectory } from '../weights/directory.ts';
import type { PackedAdapter, PackedGroup } from './adapter-inputs.ts';

/** What the inputs of one layer's groups are divided by: (K) each. */
export type LayerSmoothing = Readonly<Record<ProjectionGroup, Float32Array>>;

/** The outputs of a linear layer that reach the next group's inputs channel by channel. */
const FEEDS: Partial<Record<ProjectionName, ProjectionGroup>> = { 'self_attn.v_proj': 'o', 'mlp.up_proj': 'down' };

const smoothingName = (layer: number, group: ProjectionGroup): string => `${groupWeightName(layer, group)}.smoothing`;

/**
 * Factors for one layer.
 * @param magnitudes of the group's inputs (K), as calibration.ts measures them.
 * @param matrices W (N,K) of the group.
 */
export function layerSmoothing(configuration: DecoderConfiguration, magnitudes: (group: ProjectionGroup) => Float32Array, matrices: (group: ProjectionGroup) => Float32Array): LayerSmoothing {
  const factors = (group: ProjectionGroup): Float32Array => {
    const each = smoothingFactors(magnitudes(group), [matrices(group)]);
    return group === 'o' ? sharedByHeads(configuration, each) : each;
  };
  return byGroup(factors);
}

/** How the factors of a layer are stored beside its weights. */
export const smoothingTensors = (layer: number, smoothing: LayerSmoothing): { name: string; shape: number[]; values: Float32Array }[] =>
  PROJECTION_GROUP_NAMES.map((group) => ({ name: smoothingName(layer, group), shape: [smoothing[group].length], values: smoothing[group] }));

/** The factors of every layer, or `null` for weights that are not smoothed. */
export function readSmoothing(weights: WeightDirectory, { layers }: DecoderConfiguration): readonly LayerSmoothing[] | null {
  if (!weights.has(smoothingName(0, 'qkv'))) return null;
  return Array.from({ length: layers }, (_, layer) => byGroup((group) => weights.readFloat32(smoothingName(layer, group))));
}

/** What the outputs (N) of a linear layer have to be divided by, for the inputs that they become; `null`: nothing. */
export function outputFactors({ heads, keyValueHeads, headWidth }: DecoderConfiguration, name: ProjectionName, smoothing: LayerSmoothing): Float32Array | null {
  const fed = FEEDS[name];
  if (fed !== 'o') return fed ? smoothing[fed] : null;
  const shared = heads / keyValueHeads;
  return Float32Array.from({ length: keyValueHeads * headWidth }, (_, at) => smoothing.o[Math.floor(at / headWidth) * shared * headWidth + (at % headWidth)]);
}

/** An adapter of the plain weights, packed, for smoothed ones: A multiplied by what its inputs were divided by, B divided as the outputs are. */
export function smoothAdapter({ rank, layers }: PackedAdapter, configuration: DecoderConfiguration, smoothing: readonly LayerSmoothing[]): PackedAdapter {
  return { rank, layers: layers.map((groups, layer) => byGroup((group) => smoothGroup(groups[group], configuration, group, smoothing[layer]))) };
}

function smoothGroup({ a, b }: PackedGroup, configuration: DecoderConfiguration, group: ProjectionGroup, smoothing: LayerSmoothing): PackedGroup {
  const divisors = PROJECTION_GROUPS[group].flatMap((name) => Array.from(outputFactors(configuration, name, smoothing) ?? new Float32Array(projectionSize(configuration, name).output).fill(1)));
  const factors = smoothing[group];
  return { a: a.map((value, at) => value * factors[at % factors.length]), b: b.map((value, at) => value / divisors[at % divisors.length]) };
}

/** The query heads (H,D) of one value head read the same channels, which can have only one factor: the geometric mean. */
function sharedByHeads({ heads, keyValueHeads, headWidth }: DecoderConfiguration, factors: Float32Array): Float32Array {
  const shared = heads / keyValueHeads;
  return factors.map((_, at) => {
    const first = Math.floor(at / (shared * headWidth)) * shared * headWidth + (at % headWidth);
    let logarithm = 0;
    for (let head = 0; head < shared; head++) logarithm += Math.log(factors[first + head * headWidth]);
    return Math.exp(logarithm / shared);
  });
}

const byGroup = <T>(of: (group: ProjectionGroup) => T): Record<ProjectionGroup, T> =>
  Object.fromEntries(PROJECTION_GROUP_NAMES.map((group) => [group, of(group)])) as Record<ProjectionGroup, T>;
