/** From tokenised examples to the arrays the training graph reads. */
import { shuffled, type Random } from './random.ts';

export interface TokenizedExample {
  /** Beginning token, prompt, answer, end token. */
  readonly tokens: readonly number[];
  /** How many of them are not answer: the loss starts at this token. */
  readonly promptLength: number;
  /** How many tokens at the beginning are passages, which other examples may ask of too. Default: none. */
  readonly contextLength?: number;
}

/** Examples that begin alike, side by side: what they share stands there once, then what each goes on with. */
export interface SharedRow {
  /** One or more. */
  readonly examples: readonly TokenizedExample[];
  /** Tokens at the beginning that all have in common; of an example alone, all of it. */
  readonly shared: number;
  /** Tokens of the row. */
  readonly length: number;
}

/**
 * Examples of the same passages put into one row as long as it stays within `longest` tokens, the others each into one of their own. A
 * passage with eight questions is then read once instead of eight times; every question sees only the passage and itself.
 */
export function sharedRows(examples: readonly TokenizedExample[], longest: number): SharedRow[] {
  const rows: SharedRow[] = [];
  for (const group of byContext(examples)) {
    const shared = group[0].contextLength ?? 0;
    let row: TokenizedExample[] = [];
    let length = shared;
    for (const example of group) {
      const own = example.tokens.length - shared;
      if (row.length > 0 && length + own > longest) {
        rows.push(sharedRow(row, length));
        [row, length] = [[], shared];
      }
      row.push(example);
      length += own;
    }
    rows.push(sharedRow(row, length));
  }
  return rows;
}

const sharedRow = (examples: readonly TokenizedExample[], length: number): SharedRow => ({ examples, shared: examples.length === 1 ? length : examples[0].contextLength!, length });

/** Examples in groups that have the same passages, in the order of the first of each; without passages each is a group. */
function byContext(examples: readonly TokenizedExample[]): TokenizedExample[][] {
  const groups = new Map<string | TokenizedExample, TokenizedExample[]>();
  for (const example of examples) {
    const key = example.contextLength ? example.tokens.slice(0, example.contextLength).join() : example;
    const group = groups.get(key);
    if (group) group.push(example);
    else groups.set(key, [example]);
  }
  return [...groups.values()];
}

/** B rows padded on the right to T tokens. */
export interface Batch {
  /** B */
  readonly rows: number;
  /** T */
  readonly length: number;
  /** (B,T): 0, 1, 2 ... in every text; of a cut batch, from the last token of the prompt on. */
  readonly positions: BigInt64Array;
  /** (A): flat places (of B*T) whose next token belongs to an answer. */
  readonly answerPositions: BigInt64Array;
  /** (A): those next tokens. */
  readonly targets: BigInt64Array;
}

export interface SharedBatch extends Batch {
  /** (B,T): 0 for what is shared, then 1, 2 ... for what each example goes on with; -1 for padding. */
  readonly segments: BigInt64Array;
}

/** Rows padded on the right to the longest, as the training graph reads them. */
export function assembleBatch(rows: readonly SharedRow[]): SharedBatch {
  const length = Math.max(...rows.map((row) => row.length));
  // Padding looks on from the end of the row, which nothing looks back at.
  const positions = BigInt64Array.from({ length: rows.length * length }, (_, index) => BigInt(index % length));
  const segments = new BigInt64Array(rows.length * length).fill(-1n);
  const answerPositions: bigint[] = [];
  const targets: bigint[] = [];
  for (const [index, { examples, shared }] of rows.entries()) {
    const start = index * length;
    segments.fill(0n, start, start + shared);
    let next = shared;
    for (const [segment, { tokens, promptLength }] of examples.entries()) {
      // Where the token at `place` of the example stands in the row.
      const moved = (place: number): number => (place < shared ? place : place - shared + next);
      for (let place = shared; place < tokens.length; place++) {
        positions[start + moved(place)] = BigInt(place);
        segments[start + moved(place)] = BigInt(segment + 1);
      }
      for (let place = promptLength; place < tokens.length; place++) {
        answerPositions.push(BigInt(start + moved(place - 1)));
        targets.push(BigInt(tokens[place]));
      }
      next += tokens.length - shared;
    }
  }
  return { rows: rows.length, length, positions, segments, answerPositions: BigInt64Array.from(answerPositions), targets: BigInt64Array.from(targets) };
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
    rows: examples.length, contextLength, length,
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
 * Every example once, in random batches of similar length, examples of the same passages beside each other: shuffled, sorted by length within
 * buckets, and the batches shuffled again.
 */
export function shuffledBatches(examples: readonly TokenizedExample[], batchSize: number, random: Random): TokenizedExample[][] {
  const ordered: TokenizedExample[] = [];
  let bucket: TokenizedExample[][] = [];
  let size = 0;
  const empty = (): void => {
    ordered.push(...bucket.sort((a, b) => a[0].tokens.length - b[0].tokens.length).flat());
    [bucket, size] = [[], 0];
  };
  for (const group of shuffled(byContext(examples), random)) {
    bucket.push(group);
    size += group.length;
    if (size >= batchSize * BUCKET) empty();
  }
  empty();
  return shuffled(inTurn(ordered, batchSize), random);
}

/**
 * A batch cut into parts of rows of similar length whose number times longest row stays within `budget` tokens (a longer row is a
 * part of its own): little padding, and the memory of a step does not grow with the batch.
 */
export function tokenParts<Row extends { readonly length: number }>(rows: readonly Row[], budget: number): Row[][] {
  const parts: Row[][] = [];
  for (const row of [...rows].sort((a, b) => b.length - a.length)) {
    const part = parts.at(-1);
    if (part && part[0].length * (part.length + 1) <= budget) part.push(row);
    else parts.push([row]);
  }
  return parts;
}

/** Batches for measuring: by length, nothing random. */
export function sortedBatches(examples: readonly TokenizedExample[], batchSize: number): TokenizedExample[][] {
  return inTurn(byContext(examples).sort((a, b) => a[0].tokens.length - b[0].tokens.length).flat(), batchSize);
}

const inTurn = (examples: readonly TokenizedExample[], batchSize: number): TokenizedExample[][] =>
  Array.from({ length: Math.ceil(examples.length / batchSize) }, (_, index) => examples.slice(index * batchSize, (index + 1) * batchSize));
