/** Keeps what the layers below the trained ones make of each example, from the first epoch on: in memory, then on disk. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface PrefixLimits {
  /** Default 256 MiB: all of 2,500 short questions. */
  readonly memoryBytes: number;
  /** Default 4 GiB; what is beyond is computed anew each time. */
  readonly diskBytes: number;
}

const LIMITS: PrefixLimits = { memoryBytes: 1 << 28, diskBytes: 2 ** 32 };

export class PrefixStore<Key extends object> {
  private readonly inMemory = new Map<Key, Float32Array>();
  private readonly onDisk = new Map<Key, { readonly offset: number; readonly length: number }>();
  private memoryBytes = 0;
  private diskBytes = 0;
  private file: number | null = null;

  constructor(private readonly limits: PrefixLimits = LIMITS) {}

  /** The kept states, or `undefined`. */
  get(key: Key): Float32Array | undefined {
    const place = this.onDisk.get(key);
    if (!place) return this.inMemory.get(key);
    const states = new Float32Array(place.length);
    const bytes = new Uint8Array(states.buffer);
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(this.file!, bytes, done, bytes.length - done, place.offset + done);
      if (count === 0) return undefined;
      done += count;
    }
    return states;
  }

  set(key: Key, states: Float32Array): void {
    if (this.memoryBytes + states.byteLength <= this.limits.memoryBytes) {
      this.inMemory.set(key, states);
      this.memoryBytes += states.byteLength;
    } else if (this.diskBytes + states.byteLength <= this.limits.diskBytes) {
      if (this.append(new Uint8Array(states.buffer, states.byteOffset, states.byteLength))) {
        this.onDisk.set(key, { offset: this.diskBytes, length: states.length });
        this.diskBytes += states.byteLength;
      }
    }
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
    this.inMemory.clear();
    this.onDisk.clear();
  }

  /** A full disk only costs time: what could not be written is computed again. */
  private append(bytes: Uint8Array): boolean {
    try {
      this.file ??= openUnnamed();
      for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done, bytes.length - done, this.diskBytes + done);
      return true;
    } catch {
      return false;
    }
  }
}

/** A file that no folder lists, so that it is gone with the process, however that ends. */
function openUnnamed(): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'dua-jawaban-prefix-'));
  try {
    return openSync(path.join(folder, 'states'), 'w+');
  } finally {
    // Windows does not remove what is open; there the system's temporary folder keeps it until it is cleaned.
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // see above
    }
  }
}
