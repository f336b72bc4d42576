import path from 'node:path';
import { writeFileAtomically } from '../system/write-file.ts';
import type { TensorEntry, WeightsFile } from './directory.ts';

/** A page, so that a shard can be mapped into memory and shared by every session and process. */
const ALIGNMENT = 4096;

/** A row range of a stored tensor that has a name of its own. */
export interface TensorSlice {
  readonly name: string;
  readonly firstRow: number;
  readonly rows: number;
}

export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Uint8Array | Int8Array | Float32Array;
  readonly slices?: readonly TensorSlice[];
}

/**
 * Writes tensors in the given order into shards of at most `shardBytes`, none across two, and their directory.
 * The same input gives the same bytes.
 */
export async function writeShards(
  folder: string,
  tensors: Iterable<StoredTensor>,
  settings: Pick<WeightsFile, 'quantization' | 'normGainsIncludeOne'>,
  shardBytes = 50_000_000,
): Promise<WeightsFile> {
  const entries: Record<string, TensorEntry> = {};
  let parts: Uint8Array[] = [];
  let used = 0;
  let shard = 1;
  const shardName = (): string => `weights-${String(shard).padStart(5, '0')}.bin`;
  const flush = async (): Promise<void> => {
    await writeFileAtomically(path.join(folder, shardName()), Buffer.concat(parts));
    parts = [];
    used = 0;
    shard++;
  };

  for (const { name, shape, values, slices = [] } of tensors) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const padding = (ALIGNMENT - (used % ALIGNMENT)) % ALIGNMENT;
    if (used > 0 && used + padding + bytes.length > shardBytes) {
      await flush();
    } else if (padding > 0) {
      parts.push(new Uint8Array(padding));
      used += padding;
    }
    const dtype = values instanceof Float32Array ? 'float32' : values instanceof Int8Array ? 'int8' : 'uint8';
    entries[name] = { dtype, shape, file: shardName(), offset: used, length: bytes.length };
    const rowBytes = bytes.length / shape[0];
    for (const slice of slices) {
      entries[slice.name] = {
        dtype,
        shape: [slice.rows, ...shape.slice(1)],
        file: shardName(),
        offset: used + slice.firstRow * rowBytes,
        length: slice.rows * rowBytes,
      };
    }
    parts.push(bytes);
    used += bytes.length;
  }
  if (used > 0) await flush();

  const weights: WeightsFile = { format: 1, ...settings, tensors: entries };
  await writeFileAtomically(path.join(folder, 'weights.json'), `${JSON.stringify(weights)}\n`);
  return weights;
}
