/** The language model on ONNX Runtime: one session, one set of weights, rows of any adapter in one batch. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { PROJECTION_GROUPS, PROJECTION_GROUP_NAMES, projectionSize, type DecoderConfiguration } from '../transformer/configuration.ts';
import { loraName, pastKeyName, pastValueName, scaleName } from '../transformer/inference-graph.ts';
import { stackAdapters, type PackedAdapter } from './adapter-inputs.ts';
import { KeyValueCache, type CachedRow } from './cache.ts';
import { PrefixStore } from './prefix-store.ts';
import { smoothAdapter, type LayerSmoothing } from './smoothing.ts';
import type { Row, RowAdapter, StepModel } from './step-model.ts';

interface ModelRow extends CachedRow, Row {
  readonly adapters: readonly RowAdapter[];
  /** What was read in chunks: the prompt, as far as it has been read. */
  prompt: readonly number[];
  length: number;
}

/** The adapters one call reads, and in which columns of the scale each lies. */
interface AdapterFeeds {
  readonly rank: number;
  /** Layers that an adapter touches; the others are fed zeros of rank 1, which cost next to nothing. */
  readonly touched: readonly boolean[];
  readonly columns: ReadonlyMap<string, { readonly start: number; readonly rank: number }>;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

export class LanguageModel implements StepModel {
  private readonly cache: KeyValueCache;
  private readonly adapters = new Map<string, PackedAdapter>();
  private readonly feeds = new Map<string, AdapterFeeds>();
  private readonly prefixes = new PrefixStore<CachedRow>();

  /** @param smoothing of the session's weights, where they are smoothed. */
  constructor(readonly configuration: DecoderConfiguration, private readonly session: InferenceSession, private readonly smoothing: readonly LayerSmoothing[] | null = null) {
    this.cache = new KeyValueCache(configuration);
  }

  get contextLength(): number {
    return this.configuration.contextLength;
  }

  get vocabularySize(): number {
    return this.configuration.vocabulary;
  }

  /** Makes an adapter usable under this name, in place of one that had it. It is one of the plain weights; for smoothed ones it is made to fit. */
  loadAdapter(name: string, packed: PackedAdapter): void {
    this.adapters.set(name, this.smoothing ? smoothAdapter(packed, this.configuration, this.smoothing) : packed);
    this.feeds.clear();
  }

  /** Lets an adapter go that no row uses. */
  unloadAdapter(name: string): void {
    this.adapters.delete(name);
    this.feeds.clear();
  }

  openRow(adapters: readonly RowAdapter[]): Row {
    for (const { key } of adapters) if (!this.adapters.has(key)) throw new Error(`Adapter "${key}" has not been loaded into the model.`);
    return Object.assign(this.cache.open(), { adapters, prompt: [] });
  }

  closeRow(row: Row): void {
    this.keepPrompt(row);
    this.cache.close(row as ModelRow);
  }

  /** Lets later rows resume from this one's prompt while it is still open; closing it does the same. */
  keepPrompt(row: Row): void {
    const kept = row as ModelRow;
    this.prefixes.keep(prefixKey(kept), kept.prompt, () => this.cache.fork(kept, kept.prompt.length));
  }

  async resume(row: Row, prompt: readonly number[], chunk: number): Promise<number> {
    const resuming = row as ModelRow;
    const known = this.prefixes.longest(prefixKey(resuming), prompt);
    const length = Math.floor(Math.min(known?.length ?? 0, prompt.length - 1) / chunk) * chunk;
    if (known === null || length === 0) return 0;
    const { block, index } = this.cache.fork(known.state, length);
    Object.assign(resuming, { block, index, length, prompt: prompt.slice(0, length) });
    return length;
  }

  async extend(row: Row, tokens: readonly number[]): Promise<Float32Array> {
    const extended = row as ModelRow;
    const [logits] = await this.run([extended], [tokens]);
    // Tokens that were written one by one are none of the prompt, and neither is what might follow them.
    if (extended.prompt.length === extended.length - tokens.length) extended.prompt = [...extended.prompt, ...tokens];
    return logits;
  }

  async step(rows: readonly Row[], tokens: readonly number[]): Promise<Float32Array[]> {
    return this.run(rows as readonly ModelRow[], tokens.map((token) => [token]));
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  /** The same number of new tokens for every row; logits (V) after the last of them, row by row. */
  private async run(rows: readonly ModelRow[], tokens: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const { keyValueHeads, headWidth, vocabulary } = this.configuration;
    const count = tokens[0].length;
    const view = this.cache.view(rows, count);
    const shape = [rows.length, keyValueHeads, view.capacity, headWidth];
    const adapters = this.adapterFeeds(rows);
    const feeds: Record<string, Tensor> = {
      ...adapters.tensors,
      ...scaleFeeds(rows, adapters),
      input_ids: new Tensor('int64', BigInt64Array.from(tokens.flat(), BigInt), [rows.length, count]),
      positions: new Tensor('int64', BigInt64Array.from(rows.flatMap((row) => Array.from({ length: count }, (_, index) => BigInt(row.length + index)))), [rows.length, count]),
      past_positions: new Tensor('int64', view.positions, [rows.length, view.capacity]),
    };
    for (let layer = 0; layer < this.configuration.layers; layer++) {
      feeds[pastKeyName(layer)] = new Tensor('float32', view.keys[layer], shape);
      feeds[pastValueName(layer)] = new Tensor('float32', view.values[layer], shape);
    }
    const results = await this.session.run(feeds);
    this.cache.append(rows, count, results.keys.data as Float32Array, results.values.data as Float32Array);
    const logits = results.logits.data as Float32Array;
    return rows.map((_, index) => logits.subarray(index * vocabulary, (index + 1) * vocabulary));
  }

  /** Rows come and go while adapters stay: what each set of them needs is made once. */
  private adapterFeeds(rows: readonly ModelRow[]): AdapterFeeds {
    const names = [...new Set(rows.flatMap((row) => row.adapters.map(({ key }) => key)))].sort();
    const key = names.join('\n');
    const feeds = this.feeds.get(key) ?? this.makeAdapterFeeds(names);
    this.feeds.set(key, feeds);
    return feeds;
  }

  private makeAdapterFeeds(names: readonly string[]): AdapterFeeds {
    const packed = names.map((name) => this.adapters.get(name)!);
    const stacked = stackAdapters(this.configuration, packed);
    const columns = new Map<string, { start: number; rank: number }>();
    let start = 0;
    for (const [index, name] of names.entries()) {
      columns.set(name, { start, rank: packed[index].rank });
      start += packed[index].rank;
    }
    const touched = stacked.layers.map((groups) => PROJECTION_GROUP_NAMES.some((group) => groups[group].b.some((value) => value !== 0)));
    const tensors: Record<string, Tensor> = {};
    for (const [layer, groups] of stacked.layers.entries()) {
      for (const group of PROJECTION_GROUP_NAMES) {
        const input = projectionSize(this.configuration, PROJECTION_GROUPS[group][0]).input;
        const { a, b } = groups[group];
        const output = b.length / (PROJECTION_GROUPS[group].length * stacked.rank);
        // An untouched layer's matrices are zero throughout, so any part of them will do.
        const ranks = PROJECTION_GROUPS[group].length * (touched[layer] ? stacked.rank : 1);
        tensors[loraName(layer, group, 'a')] = new Tensor('float32', a.subarray(0, ranks * input), [ranks, input]);
        tensors[loraName(layer, group, 'b')] = new Tensor('float32', b.subarray(0, ranks * output), [ranks, output]);
      }
    }
    return { rank: stacked.rank, touched, columns, tensors };
  }
}

/** What a row's keys and values depend on besides its tokens. */
const prefixKey = ({ adapters }: ModelRow): string => adapters.filter(({ scale }) => scale !== 0).map(({ key, scale }) => `${key} ${scale}`).sort().join('\n');

/** Strengths for every layer and size of group: the same everywhere, but of rank 1 where no adapter is. */
function scaleFeeds(rows: readonly ModelRow[], adapters: AdapterFeeds): Record<string, Tensor> {
  const once = scales(rows, adapters);
  const feeds: Record<string, Tensor> = {};
  for (const members of new Set(Object.values(PROJECTION_GROUPS).map((group) => group.length))) {
    const repeated = new Float32Array(once.length * members);
    for (let row = 0; row < rows.length; row++) {
      for (let member = 0; member < members; member++) repeated.set(once.subarray(row * adapters.rank, (row + 1) * adapters.rank), (row * members + member) * adapters.rank);
    }
    const full = new Tensor('float32', repeated, [rows.length, members * adapters.rank, 1]);
    const none = new Tensor('float32', new Float32Array(rows.length * members), [rows.length, members, 1]);
    for (const [layer, touched] of adapters.touched.entries()) feeds[scaleName(layer, members)] = touched ? full : none;
  }
  return feeds;
}

/** (rows, R): each row's strengths in the columns of its own adapters, zero elsewhere. */
function scales(rows: readonly ModelRow[], adapters: AdapterFeeds): Float32Array {
  const whole = new Float32Array(rows.length * adapters.rank);
  for (const [index, row] of rows.entries()) {
    for (const { key, scale } of row.adapters) {
      const { start, rank } = adapters.columns.get(key)!;
      // Added, because an adapter that a row stacks twice acts twice.
      for (let column = start; column < start + rank; column++) whole[index * adapters.rank + column] += scale;
    }
  }
  return whole;
}
