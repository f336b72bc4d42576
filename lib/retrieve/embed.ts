/** The contract of whatever turns text into vectors. Awkward and heavy, so it is injected wherever it is used. */

/** Questions and passages are embedded differently by the models of the E5 family. */
export type TextKind = 'query' | 'passage';

export interface Embedder {
  /** Names the model, so that an index knows which one made its vectors. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One vector of length 1 per text, in the order given. Aborting the signal rejects with its reason between two
   * batches; `progress` is told how many texts are done.
   */
  embed(texts: readonly string[], kind: TextKind, signal?: AbortSignal, progress?: (done: number, total: number) => void): Promise<Float32Array[]>;
}
