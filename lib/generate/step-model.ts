/** What the scheduler needs of a language model: rows with their own history, read in chunks, continued together. */

/** One sequence with its key/value cache. Opaque to the scheduler. */
export interface Row {
  readonly id: number;
  /** Tokens whose keys and values are cached. */
  readonly length: number;
}

export interface StepModel {
  /** Longest prompt plus completion, in tokens. */
  readonly contextLength: number;
  readonly vocabularySize: number;
  /** `adapter` is the name of a loaded adapter, `scale` its strength. */
  openRow(adapter: string | null, scale: number): Row;
  /** Reads the next tokens of one row; resolves with the logits (V) after the last of them. */
  extend(row: Row, tokens: readonly number[]): Promise<Float32Array>;
  /** One token for each of several rows, together; logits (V) in the same order. */
  step(rows: readonly Row[], tokens: readonly number[]): Promise<Float32Array[]>;
  /** Gives the row's cache back. */
  closeRow(row: Row): void;
}
