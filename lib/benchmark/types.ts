export interface Reading {
  readonly figure: string;
  readonly unit: 's' | 'ms' | 'MiB' | 'tokens' | 'tokens/s' | 'passages/s';
  readonly value: number;
  /** What the figure should reach, where something has been promised. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
}

/** One way of doing the measured work. Ways that are compared with each other stand in one benchmark and take turns. */
export interface Variant {
  readonly name: string;
  /** `round` counts from 0, the warm-up included, so that no round repeats the input of another. */
  run(round: number, signal: AbortSignal): Promise<readonly Reading[]>;
}

/** A benchmark with everything loaded that its variants need. */
export interface OpenBenchmark {
  readonly variants: readonly Variant[];
  close(): Promise<void>;
}

/** A figure of one variant with every raw value, in the order of the rounds. */
export interface Series {
  readonly variant: string;
  readonly figure: string;
  readonly unit: Reading['unit'];
  readonly goal?: Reading['goal'];
  readonly values: readonly number[];
}
