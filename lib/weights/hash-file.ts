import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';

const BUFFER_BYTES = 1 << 20;

/** Feeds a file to a hash. One buffer for all of it: a stream would leave the whole file's size in garbage for the collector to find. */
export async function hashFileInto(hash: Hash, file: string): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const handle = await open(file);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, BUFFER_BYTES);
      if (bytesRead === 0) return;
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
