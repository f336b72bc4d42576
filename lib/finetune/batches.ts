/** From tokenised examples to the arrays the training graph reads. */
import { shuffled, type Random } from './random.ts';

export interface TokenizedExample {
  /** Beginning token, prompt, answer, end token. */
  readonly tokens: readonly number[];
  /** How many of them are not answer: the loss starts at this token. */
  readonly promptLength: number;
}

/** B examples padded on the right to T tokens. */
export interface Batch {
  readonly examples: readonly TokenizedExample[];
  /** T */
  readonly length: number;
  /** (B,T): 0, 1, 2 ... in every row; of a cut batch, from the last token of the prompt on. */
  readonly positions: BigInt64Array;
  /** (A): flat places (of B*T) whose next token belongs to an answer. */
  readonly answerPositions: BigInt64Array;
  /** (A): those next tokens. */
  readonly targets: BigInt64Array;
}

export function assembleBatch(examples: readonly TokenizedExample[]): Batch {
  const length = Math.max(...examples.map(({ tokens }) => tokens.length));
  const answerPositions: bigint[] = [];
  const targets: bigint[] = [];
  examples.forEach(({ tokens, promptLength }, row) => {
    for (let place = promptLength; place < tokens.length; place++) {
      answerPositions.push(BigInt(row * length + place - 1));
      targets.push(BigInt(tokens[place]));
    }
  });
  return {
    examples,
    length,
    positions: BigInt64Array.from({ length: examples.length * length }, (_, index) => BigInt(index % length)),
    answerPositions: BigInt64Array.from(answerPositions),
    targets: BigInt64Array.from(targets),
  };
}

/** B examples cut where their answer begins: `positions` of T tokens, from the last of the prompt on, and S tokens of context before them, each padded on the right. */
export interface CutBatch extends Batch {
  /** S */
  readonly contextLength: number;
  /** (B,S): 0, 1, 2 ... in every row. */
  readonly contextPositions: BigInt64Array;
  /** (B,S): the same, but -1 where padding is. */
  readonly contextSlots: BigInt64Array;
}

/** `lastPosition` is the highest that the model knows: what is padded beyond it stays there. Every prompt has at least two tokens. */
export function cutBatch(examples: readonly TokenizedExample[], lastPosition: number): CutBatch {
  const contextLength = Math.max(...examples.map(({ promptLength }) => promptLength - 1));
  const length = Math.max(...examples.map(({ tokens, promptLength }) => tokens.length - promptLength));
  const places = (width: number, at: (example: TokenizedExample, place: number) => number): BigInt64Array =>
    BigInt64Array.from(examples.flatMap((example) => Array.from({ length: width }, (_, place) => BigInt(at(example, place)))));
  return {
    examples, contextLength, length,
    contextPositions: places(contextLength, (_, place) => place),
    contextSlots: places(contextLength, ({ promptLength }, place) => (place < promptLength - 1 ? place : -1)),
    positions: places(length, ({ promptLength }, place) => Math.min(promptLength - 1 + place, lastPosition)),
    answerPositions: BigInt64Array.from(examples.flatMap(({ tokens, promptLength }, row) => tokens.slice(promptLength).map((_, place) => BigInt(row * length + place)))),
    targets: BigInt64Array.from(examples.flatMap(({ tokens, promptLength }) => tokens.slice(promptLength).map(BigInt))),
  };
}

/** How many batches' worth of examples are sorted together: enough to save padding, few enough to stay random. */
const BUCKET = 8;

/**
 * Every example once, in random batches of similar length: shuffled, sorted by length within buckets, and the batches
 * shuffled again.
 */
export function shuffledBatches(examples: readonly TokenizedExample[], batchSize: number, random: Random): TokenizedExample[][] {
  const order = shuffled(examples, random);
  const batches: TokenizedExample[][] = [];
  for (let start = 0; start < order.length; start += batchSize * BUCKET) {
    const bucket = order.slice(start, start + batchSize * BUCKET).sort((a, b) => a.tokens.length - b.tokens.length);
    for (let first = 0; first < bucket.length; first += batchSize) batches.push(bucket.slice(first, first + batchSize));
  }
  return shuffled(batches, random);
}

/**
 * A batch cut into parts of similar length whose rows times longest row stay within `budget` tokens (a longer example is a
 * part of its own): little padding, and the memory of a step does not grow with the batch.
 */
export function tokenParts(examples: readonly TokenizedExample[], budget: number): TokenizedExample[][] {
  const parts: TokenizedExample[][] = [];
  for (const example of [...examples].sort((a, b) => b.tokens.length - a.tokens.length)) {
    const part = parts.at(-1);
    if (part && part[0].tokens.length * (part.length + 1) <= budget) part.push(example);
    else parts.push([example]);
  }
  return parts;
}

/** Batches for measuring: by length, nothing random. */
export function sortedBatches(examples: readonly TokenizedExample[], batchSize: number): TokenizedExample[][] {
  const order = [...examples].sort((a, b) => a.tokens.length - b.tokens.length);
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, index) => order.slice(index * batchSize, (index + 1) * batchSize));
}
