/** Merges a LoRA adapter into the weights it was trained on. */
import { createHash } from 'node:crypto';
import type { NamedTensor } from '../weights/safetensors.ts';
import { tensorName } from './adapter-layout.ts';

export interface MergedAdapter {
  readonly rank: number;
  readonly alpha: number;
  /** A (R,K) and B (N,R) by PEFT's names; layers without are left alone. */
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  /** SHA-256 of its weights. */
  readonly hash: string;
  /** Alpha, where it is another than the one it was trained with: its settings were edited, and the hash does not tell. */
  readonly changedAlpha?: number;
}

/** Names what it does to the model: its hash, and alpha where that was changed. */
export const mergedHash = ({ hash, changedAlpha }: Pick<MergedAdapter, 'hash' | 'changedAlpha'>): string =>
  changedAlpha === undefined ? hash : createHash('sha256').update(`${hash}:${changedAlpha}`).digest('hex');

/** Adds alpha/R B A to W (N,K), in place. `layerName` as in `layers.3.self_attn.q_proj`. */
export function mergeAdapter(weight: Float32Array, layerName: string, { rank, alpha, tensors }: Omit<MergedAdapter, 'hash'>): void {
  const [a, b] = (['A', 'B'] as const).map((side) => tensors.get(tensorName({ layerName, side }))?.data);
  if (!a || !b) return;
  const columns = a.length / rank;
  const scale = alpha / rank;
  for (let row = 0; row < b.length / rank; row++) {
    for (let at = 0; at < rank; at++) {
      const factor = scale * b[row * rank + at];
      for (let column = 0; column < columns; column++) weight[row * columns + column] += factor * a[at * columns + column];
    }
  }
}
