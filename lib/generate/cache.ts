/**
 * Keys and values of the rows in progress, kept in JavaScript so that a step returns only what is new.
 * L layers, G key/value heads, P slots, D head width.
 */
import type { DecoderConfiguration } from '../transformer/configuration.ts';

/** Slots are added this many at a time: a copy of the cache is paid once in so many tokens. */
const SLOTS = 128;
/**
 * And never fewer than this: ONNX Runtime's products cut their sums differently for fewer than 128 keys a thread, and whether a product is shared
 * between its two threads depends on how many rows there are. A row's scores must not.
 */
const LEAST_SLOTS = 256;

/** In how many slots so many tokens are kept. */
const slotsFor = (tokens: number): number => Math.max(LEAST_SLOTS, Math.ceil(tokens / SLOTS) * SLOTS);

/** Rows that lie side by side in one block of memory, so that one call can read them together. */
interface Block {
  readonly rows: readonly CachedRow[];
  readonly capacity: number;
  /** Per layer, (rows,G,P,D). */
  readonly keys: readonly Float32Array[];
  readonly values: readonly Float32Array[];
  /** (rows,P), -1 where a slot is empty. */
  readonly positions: BigInt64Array;
}

export interface CachedRow {
  readonly id: number;
  length: number;
  block: Block;
  /** Which row of the block. */
  index: number;
}

/** What one call reads: the cached part of its inputs. */
export interface CacheView {
  readonly capacity: number;
  readonly keys: readonly Float32Array[];
  readonly values: readonly Float32Array[];
  readonly positions: BigInt64Array;
}

export class KeyValueCache {
  private nextId = 1;

  constructor(private readonly configuration: DecoderConfiguration) {}

  open(): CachedRow {
    const row: CachedRow = { id: this.nextId++, length: 0, block: undefined as unknown as Block, index: 0 };
    this.gather([row], slotsFor(0));
    return row;
  }

  /** A row of its own that begins as another does: a copy of its first `length` tokens, in as many slots as reading them would have taken. */
  fork(from: CachedRow, length: number): CachedRow {
    const row: CachedRow = { id: this.nextId++, length, block: from.block, index: from.index };
    this.gather([row], slotsFor(length));
    return row;
  }

  /** Drops the row's hold on its memory. */
  close(row: CachedRow): void {
    row.block = { rows: [], capacity: 0, keys: [], values: [], positions: new BigInt64Array(0) };
    row.length = 0;
  }

  /**
   * The cache of these rows as one call reads it, with room for `incoming` more tokens in each. Rows that do not lie
   * side by side yet, or have run out of slots, are moved together first.
   */
  view(rows: readonly CachedRow[], incoming: number): CacheView {
    const longest = Math.max(...rows.map((row) => row.length)) + incoming;
    const { block } = rows[0];
    const together = block.rows.length === rows.length && rows.every((row, index) => row.block === block && row.index === index);
    if (rows.length === 1 && longest <= block.capacity) return this.single(rows[0]);
    if (!together || longest > block.capacity) this.gather(rows, slotsFor(longest));
    return rows[0].block;
  }

  /** Stores the new keys and values (L*rows,G,T,D) of one call behind what the rows hold. */
  append(rows: readonly CachedRow[], tokens: number, keys: Float32Array, values: Float32Array): void {
    const { layers, keyValueHeads, headWidth } = this.configuration;
    const piece = tokens * headWidth;
    for (let layer = 0; layer < layers; layer++) {
      for (const [order, row] of rows.entries()) {
        for (let head = 0; head < keyValueHeads; head++) {
          const from = ((layer * rows.length + order) * keyValueHeads + head) * piece;
          const to = this.offset(row, head) + row.length * headWidth;
          row.block.keys[layer].set(keys.subarray(from, from + piece), to);
          row.block.values[layer].set(values.subarray(from, from + piece), to);
        }
      }
    }
    for (const row of rows) {
      const first = row.index * row.block.capacity + row.length;
      for (let token = 0; token < tokens; token++) row.block.positions[first + token] = BigInt(row.length + token);
      row.length += tokens;
    }
  }

  /** Moves rows into a new block of their own. */
  private gather(rows: readonly CachedRow[], capacity: number): void {
    const { layers, keyValueHeads, headWidth } = this.configuration;
    const size = rows.length * keyValueHeads * capacity * headWidth;
    const block: Block = {
      rows: [...rows],
      capacity,
      keys: Array.from({ length: layers }, () => new Float32Array(size)),
      values: Array.from({ length: layers }, () => new Float32Array(size)),
      positions: new BigInt64Array(rows.length * capacity).fill(-1n),
    };
    for (const [index, row] of rows.entries()) {
      const held = row.length * headWidth;
      for (let layer = 0; held > 0 && layer < layers; layer++) {
        for (let head = 0; head < keyValueHeads; head++) {
          const from = this.offset(row, head);
          const to = (index * keyValueHeads + head) * capacity * headWidth;
          block.keys[layer].set(row.block.keys[layer].subarray(from, from + held), to);
          block.values[layer].set(row.block.values[layer].subarray(from, from + held), to);
        }
      }
      for (let token = 0; token < row.length; token++) block.positions[index * capacity + token] = BigInt(token);
    }
    for (const [index, row] of rows.entries()) Object.assign(row, { block, index });
  }

  private single(row: CachedRow): CacheView {
    const { block, index } = row;
    if (block.rows.length === 1) return block;
    const size = this.configuration.keyValueHeads * block.capacity * this.configuration.headWidth;
    const part = (whole: Float32Array): Float32Array => whole.subarray(index * size, (index + 1) * size);
    return {
      capacity: block.capacity,
      keys: block.keys.map(part),
      values: block.values.map(part),
      positions: block.positions.subarray(index * block.capacity, (index + 1) * block.capacity),
    };
  }

  private offset(row: CachedRow, head: number): number {
    const { keyValueHeads, headWidth } = this.configuration;
    return (row.index * keyValueHeads + head) * row.block.capacity * headWidth;
  }
}
