/** LoRA matrices in the form the inference graph reads, one adapter or several side by side. */
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionGroup } from '../transformer/configuration.ts';

/** One group of linear layers: `a` (M*R, K), member after member; `b` (M*R, N), zero outside a member's own block. */
export interface PackedGroup {
  readonly a: Float32Array;
  readonly b: Float32Array;
}

export interface PackedAdapter {
  readonly rank: number;
  readonly layers: readonly Readonly<Record<ProjectionGroup, PackedGroup>>[];
}

/**
 * Several adapters as one of their summed rank. A row picks its own by the scale vector, which is zero in the columns
 * of the others. `[]` gives an adapter of rank 1 that is zero everywhere.
 */
export function stackAdapters(configuration: DecoderConfiguration, adapters: readonly PackedAdapter[]): PackedAdapter {
  if (adapters.length === 1) return adapters[0];
  const rank = Math.max(1, adapters.reduce((total, adapter) => total + adapter.rank, 0));
  const layers = Array.from({ length: configuration.layers }, (_, layer) => {
    const groups = PROJECTION_GROUP_NAMES.map((group) => [group, stackGroup(configuration, adapters, layer, group, rank)] as const);
    return Object.fromEntries(groups) as Record<ProjectionGroup, PackedGroup>;
  });
  return { rank, layers };
}

function stackGroup(configuration: DecoderConfiguration, adapters: readonly PackedAdapter[], layer: number, group: ProjectionGroup, rank: number): PackedGroup {
  const members = PROJECTION_GROUPS[group];
  const input = projectionSize(configuration, members[0]).input;
  const output = members.reduce((total, name) => total + projectionSize(configuration, name).output, 0);
  const columns = members.length * rank;
  const a = new Float32Array(input * columns);
  const b = new Float32Array(columns * output);
  let before = 0;
  for (const adapter of adapters) {
    const source = adapter.layers[layer][group];
    for (let member = 0; member < members.length; member++) {
      const from = member * adapter.rank;
      const to = member * rank + before;
      a.set(source.a.subarray(from * input, (from + adapter.rank) * input), to * input);
      b.set(source.b.subarray(from * output, (from + adapter.rank) * output), to * output);
    }
    before += adapter.rank;
  }
  return { a, b };
}
