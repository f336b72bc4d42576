/** Several adapters that act together, as one: their ranks laid side by side. */
import { tensorName, type AdapterMatrices, type AdapterTensor } from '../generate/pack-adapter.ts';
import { DamagedArtifactError } from '../system/errors.ts';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration, type ProjectionName } from '../transformer/configuration.ts';

const PROJECTIONS: readonly ProjectionName[] = PROJECTION_GROUP_NAMES.flatMap((group) => [...PROJECTION_GROUPS[group]]);

/**
 * Sum of LoRA updates (Hu et al. 2021): with A = [A1; A2] (R1+R2, K) and B = [s1 B1, s2 B2] (N, R1+R2), B A = s1 B1 A1 + s2 B2 A2, where
 * s = alpha/R of each. The scales are folded into B, so that the result has alpha = rank and acts with strength 1. A layer that only one of
 * them has gets zeros for the other, so that all layers have the same rank. One adapter alone is returned as it is.
 */
export function stackAdapters(adapters: readonly AdapterMatrices[], configuration: DecoderConfiguration): AdapterMatrices {
  if (adapters.length === 1) return adapters[0];
  const rank = adapters.reduce((sum, adapter) => sum + adapter.rank, 0);
  const tensors = new Map<string, AdapterTensor>();
  for (let layer = 0; layer < configuration.layers; layer++) {
    for (const projection of PROJECTIONS) {
      const [nameA, nameB] = [tensorName(layer, projection, 'A'), tensorName(layer, projection, 'B')];
      if (!adapters.some((adapter) => adapter.tensors.has(nameA))) continue;
      const { input, output } = projectionSize(configuration, projection);
      const a = new Float32Array(rank * input);
      const b = new Float32Array(output * rank);
      let first = 0;
      for (const adapter of adapters) {
        const [down, up] = [adapter.tensors.get(nameA), adapter.tensors.get(nameB)];
        if (down && up) {
          checkShapes(adapter, layer, projection, configuration);
          a.set(down.data, first * input);
          placeColumns(b, rank, first, up.data, adapter.rank, adapter.alpha / adapter.rank);
        }
        first += adapter.rank;
      }
      tensors.set(nameA, { shape: [rank, input], data: a });
      tensors.set(nameB, { shape: [output, rank], data: b });
    }
  }
  return { rank, alpha: rank, tensors };
}

/** Copies `from` (N, count), scaled, into columns `first`... of `to` (N, width). */
function placeColumns(to: Float32Array, width: number, first: number, from: Float32Array, count: number, scale: number): void {
  for (let row = 0; row * width < to.length; row++) {
    for (let column = 0; column < count; column++) to[row * width + first + column] = scale * from[row * count + column];
  }
}

/** @throws DamagedArtifactError when the matrices of one linear layer are not of this model's sizes. */
export function checkShapes({ rank, tensors }: AdapterMatrices, layer: number, projection: ProjectionName, configuration: DecoderConfiguration): void {
  const { input, output } = projectionSize(configuration, projection);
  for (const [side, rows, columns] of [['A', rank, input], ['B', output, rank]] as const) {
    const name = tensorName(layer, projection, side);
    const tensor = tensors.get(name);
    if (tensor) expectShape(name, tensor, rows, columns);
  }
}

function expectShape(name: string, { shape }: AdapterTensor, rows: number, columns: number): void {
  if (shape[0] === rows && shape[1] === columns) return;
  throw new DamagedArtifactError(`The adapter's tensor ${name} is ${shape.join(' x ')}; this model needs ${rows} x ${columns}.`);
}
