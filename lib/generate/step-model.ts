/** What the scheduler needs of a language model: rows with their own history, read in chunks, continued together. */

/** One sequence with its key/value cache. Opaque to the scheduler. */
export interface Row {
  readonly id: number;
  /** Tokens whose keys and values are cached. */
  readonly length: number;
}

/** A loaded adapter, by the name under which the model knows it, and its strength. */
export interface RowAdapter {
  readonly key: string;
  readonly scale: number;
}

export interface StepModel {
  /** Longest prompt plus completion, in tokens. */
  readonly contextLength: number;
  readonly vocabularySize: number;
  /** A row of the base weights with these adapters added to them. */
  openRow(adapters: readonly RowAdapter[]): Row;
  /**
   * Lets an empty row take over what an earlier one of the same adapters has read of the same beginning, in whole chunks of `chunk` tokens, and
   * never all of the prompt: its last token has to be read for its scores. Resolves with how many tokens that is. Read on in such chunks,
   * the scores are to the bit those of reading everything.
   */
  resume(row: Row, prompt: readonly number[], chunk: number): Promise<number>;
  /** Reads the next tokens of one row; resolves with the logits (V) after the last of them. */
  extend(row: Row, tokens: readonly number[]): Promise<Float32Array>;
  /** One token for each of several rows, together; logits (V) in the same order. */
  step(rows: readonly Row[], tokens: readonly number[]): Promise<Float32Array[]>;
  /** Gives the row's cache back. */
  closeRow(row: Row): void;
}
