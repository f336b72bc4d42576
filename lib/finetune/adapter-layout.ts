/** Where each LoRA matrix (Hu et al. 2021) lies in the one flat vector that is trained. */
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionName } from '../transformer/configuration.ts';
import type { NamedTensor } from '../weights/safetensors.ts';
import { seededRandom } from './random.ts';

export interface AdapterMatrix {
  /** `layers.3.self_attn.q_proj` */
  readonly layerName: string;
  readonly side: 'A' | 'B';
  /** A (R,K), B (N,R): y += alpha/R (x A^T) B^T, as PEFT stores them. */
  readonly shape: readonly [number, number];
  /** Elements from the start of the flat vector. */
  readonly offset: number;
  readonly length: number;
}

export interface AdapterLayout {
  readonly rank: number;
  /** Layers below keep their weights; adapters start here. */
  readonly firstLayer: number;
  readonly matrices: readonly AdapterMatrix[];
  /** Length of the flat vector. */
  readonly size: number;
}

export const adaptedLayerName = (layer: number, projection: ProjectionName): string => `layers.${layer}.${projection}`;

/** Matrices of `rank` for every linear layer from layer `firstLayer` (0-based) up. */
export function adapterLayout(configuration: DecoderConfiguration, rank: number, firstLayer: number): AdapterLayout {
  const matrices: AdapterMatrix[] = [];
  let size = 0;
  const place = (layerName: string, side: 'A' | 'B', shape: [number, number]): void => {
    const length = shape[0] * shape[1];
    matrices.push({ layerName, side, shape, offset: size, length });
    size += length;
  };
  for (let layer = firstLayer; layer < configuration.layers; layer++) {
    for (const group of PROJECTION_GROUP_NAMES) {
      // The A of a group lie together: they read the same input, so one product serves them all.
      const members: readonly ProjectionName[] = PROJECTION_GROUPS[group];
      for (const name of members) place(adaptedLayerName(layer, name), 'A', [rank, projectionSize(configuration, name).input]);
      for (const name of members) place(adaptedLayerName(layer, name), 'B', [projectionSize(configuration, name).output, rank]);
    }
  }
  return { rank, firstLayer, matrices, size };
}

/** A random and B zero, so that training starts at the base model; A's range is PEFT's, 1/sqrt(K) to either side. */
export function initialParameters(layout: AdapterLayout, seed: number): Float32Array {
  const random = seededRandom(seed);
  const parameters = new Float32Array(layout.size);
  for (const { side, shape, offset, length } of layout.matrices) {
    if (side === 'B') continue;
    const bound = 1 / Math.sqrt(shape[1]);
    for (let index = offset; index < offset + length; index++) parameters[index] = (2 * random() - 1) * bound;
  }
  return parameters;
}

/** PEFT's name of a matrix. */
export const tensorName = ({ layerName, side }: Pick<AdapterMatrix, 'layerName' | 'side'>): string => `base_model.model.model.${layerName}.lora_${side}.weight`;

/** The matrices of the flat vector by PEFT's names, copied. */
export function toTensors(layout: AdapterLayout, parameters: Float32Array): Map<string, NamedTensor> {
  return new Map(layout.matrices.map((matrix) => [tensorName(matrix), { shape: matrix.shape, data: parameters.slice(matrix.offset, matrix.offset + matrix.length) }]));
}

/** The flat vector of matrices by PEFT's names: what toTensors undoes. Throws when one is missing or of another size. */
export function fromTensors(layout: AdapterLayout, tensors: ReadonlyMap<string, NamedTensor>): Float32Array {
  const parameters = new Float32Array(layout.size);
  for (const matrix of layout.matrices) {
    const data = tensors.get(tensorName(matrix))?.data;
    if (data?.length !== matrix.length) throw new Error(`There is no ${tensorName(matrix)} of this shape.`);
    parameters.set(data, matrix.offset);
  }
  return parameters;
}
