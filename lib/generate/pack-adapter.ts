/** From the matrices of an adapter file (PEFT's names and shapes) to the inputs of the inference graph. */
import { DamagedArtifactError } from '../system/errors.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup, type ProjectionName } from '../transformer/configuration.ts';
import type { PackedAdapter, PackedGroup } from './adapter-inputs.ts';

export interface AdapterTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** LoRA (Hu et al. 2021): y += alpha/R (x A^T) B^T for every layer that has an A (R,K) and a B (N,R). */
export interface AdapterMatrices {
  readonly rank: number;
  readonly alpha: number;
  /** `base_model.model.model.layers.3.self_attn.q_proj.lora_A.weight` and so on. */
  readonly tensors: ReadonlyMap<string, AdapterTensor>;
}

/**
 * Packs an adapter for the graph: per layer and group, `a` (M*R, K) = A_1 over A_2 over ... and `b` (M*R, N), in which each
 * member's alpha/R B^T stands in its own rows and columns. Layers without matrices are zeros. Throws
 * DamagedArtifactError when a tensor is unknown, alone or of another shape than the model's.
 */
export function packAdapter({ rank, alpha, tensors }: AdapterMatrices, configuration: DecoderConfiguration): PackedAdapter {
  const unused = new Set(tensors.keys());
  const matrix = (layer: number, name: ProjectionName, side: 'A' | 'B', shape: readonly [number, number]): Float32Array | null => {
    const key = tensorName(layer, name, side);
    unused.delete(key);
    const tensor = tensors.get(key);
    if (tensor && String(tensor.shape) !== String(shape)) {
      throw new DamagedArtifactError(`The adapter's tensor ${key} is ${tensor.shape.join(' x ')}; this model and rank ${rank} need ${shape.join(' x ')}.`);
    }
    return tensor?.data ?? null;
  };
  const layers = Array.from({ length: configuration.layers }, (_, layer) => {
    const groups = PROJECTION_GROUP_NAMES.map((group) => [group, packGroup(configuration, rank, alpha, group, (name, side, shape) => matrix(layer, name, side, shape))] as const);
    return Object.fromEntries(groups) as Record<ProjectionGroup, PackedGroup>;
  });
  for (const key of unused) throw new DamagedArtifactError(`The adapter's tensor ${key} belongs to no layer of this model that can be adapted.`);
  return { rank, layers };
}

/** How many layers have matrices of their own. */
export function adaptedLayers(tensorNames: Iterable<string>): number {
  return new Set([...tensorNames].map((name) => /\.layers\.(\d+)\./.exec(name)?.[1])).size;
}

export const tensorName = (layer: number, name: ProjectionName, side: 'A' | 'B'): string => `base_model.model.model.layers.${layer}.${name}.lora_${side}.weight`;

type FindMatrix = (name: ProjectionName, side: 'A' | 'B', shape: readonly [number, number]) => Float32Array | null;

function packGroup(configuration: DecoderConfiguration, rank: number, alpha: number, group: ProjectionGroup, find: FindMatrix): PackedGroup {
  const members: readonly ProjectionName[] = PROJECTION_GROUPS[group];
  const { input } = projectionSize(configuration, members[0]);
  const output = members.reduce((total, name) => total + projectionSize(configuration, name).output, 0);
  const columns = members.length * rank;
  const a = new Float32Array(columns * input); // (M*R, K)
  const b = new Float32Array(columns * output); // (M*R, N)
  let firstOutput = 0;
  for (const [member, name] of members.entries()) {
    const size = projectionSize(configuration, name).output;
    const down = find(name, 'A', [rank, input]);
    const up = find(name, 'B', [size, rank]);
    if ((down === null) !== (up === null)) throw new DamagedArtifactError(`The adapter has only one of the two matrices of a ${name} layer.`);
    if (down) a.set(down, member * rank * input);
    for (let r = 0; up && r < rank; r++) {
      const row = member * rank + r;
      for (let n = 0; n < size; n++) b[row * output + firstOutput + n] = (alpha / rank) * up[n * rank + r];
    }
    firstOutput += size;
  }
  return { a, b };
}
