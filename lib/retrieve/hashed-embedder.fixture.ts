import type { Embedder } from './embed.ts';
import { terms } from './words.ts';

/** For tests: a deterministic bag of words, hashed into few dimensions; counts what it was asked for. */
export function hashedEmbedder(id = 'hashed', dimensions = 64): Embedder & { embedded: string[]; delayMs: number; failure: Error | null } {
  const embedder = {
    id,
    dimensions,
    embedded: [] as string[],
    delayMs: 0,
    failure: null as Error | null,
    async embed(texts: readonly string[], _kind: string, signal?: AbortSignal, progress?: (done: number, total: number) => void) {
      if (embedder.delayMs) await new Promise((resolve) => setTimeout(resolve, embedder.delayMs));
      signal?.throwIfAborted();
      if (embedder.failure) throw embedder.failure;
      embedder.embedded.push(...texts);
      progress?.(texts.length, texts.length);
      return texts.map((text) => hashedVector(text, dimensions));
    },
  };
  return embedder;
}

function hashedVector(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  vector[0] = 0.01;
  for (const term of terms(text)) {
    let hash = 7;
    for (const character of term) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
    vector[hash % dimensions] += 1;
  }
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}
