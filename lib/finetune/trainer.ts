/** The graphs of one fine-tuning, opened: losses and gradients of batches of examples. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { Graph } from '../onnx/graph.ts';
import { openSession } from '../onnx/session.ts';
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import type { AdapterLayout } from './adapter-layout.ts';
import { assembleBatch, cutBatch, sharedRows, tokenParts, type Batch, type SharedRow, type TokenizedExample } from './batches.ts';
import type { FrozenWeights } from './frozen-weights.ts';
import { PrefixStore } from './prefix-store.ts';
import { prefixGraph, trainingGraph, type GradientReach } from './training-graph.ts';

export interface TrainerOptions {
  readonly configuration: DecoderConfiguration;
  readonly weights: FrozenWeights;
  /** Folder of the files that `weights` names, where they are files. */
  readonly weightFolder?: string;
  readonly layout: AdapterLayout;
  readonly alpha: number;
  /** Default: everything. */
  readonly reach?: GradientReach;
  /**
   * Tokens that are computed at once, at most `configuration.contextLength`. Default 512, enough rows to fill the matrix products. What is kept for the backward pass
   * grows with them, about 3 MB a token for all 18 layers; where many examples share passages, more of them read those once.
   */
  readonly tokensAtOnce?: number;
}

const TOKENS_AT_ONCE = 512;

export interface Measured {
  /** Mean over the batch's answer tokens, in nats. */
  readonly loss: number;
  readonly answerTokens: number;
}

export class Trainer {
  private readonly prefixes = new PrefixStore<TokenizedExample>();

  private constructor(
    private readonly options: TrainerOptions,
    private readonly prefix: InferenceSession,
    private readonly training: InferenceSession,
    private readonly evaluation: InferenceSession,
  ) {}

  private get tokensAtOnce(): number {
    return this.options.tokensAtOnce ?? TOKENS_AT_ONCE;
  }

  static async open(options: TrainerOptions): Promise<Trainer> {
    const { configuration, weights, weightFolder, layout, alpha, reach } = options;
    // A private, repacked copy of 8-bit weights is small and twice as fast; one of float32 is worth it only where most of the time goes.
    const shareWeights = !weights.quantized;
    const open = (graph: Graph, shared: boolean): Promise<InferenceSession> => openSession(graph, weightFolder, { shareWeights: shared, planMemory: false, spin: true });
    return new Trainer(
      options,
      await open(prefixGraph(configuration, weights, layout.firstLayer), shareWeights),
      await open(trainingGraph(configuration, weights, layout, alpha, { gradient: true, reach }), false),
      await open(trainingGraph(configuration, weights, layout, alpha, { gradient: false }), shareWeights),
    );
  }

  /** Loss of a batch and its gradient with respect to the flat parameters. */
  async gradient(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Measured & { gradient: Float32Array }> {
    const parts: (Measured & { gradient: Float32Array })[] = [];
    for await (const feeds of this.options.reach === 'answers' ? this.cutParts(examples, parameters) : this.parts(examples, parameters)) {
      const { loss, gradient } = await this.training.run(feeds);
      parts.push({ loss: scalar(loss), answerTokens: feeds.target_ids.size, gradient: gradient.data as Float32Array });
    }
    const whole = meanLoss(parts);
    const gradient = parts[0].gradient;
    const [first, ...others] = parts.map(({ answerTokens }) => answerTokens / whole.answerTokens);
    if (first !== 1) for (let index = 0; index < gradient.length; index++) gradient[index] *= first;
    others.forEach((weight, at) => {
      const part = parts[at + 1].gradient;
      for (let index = 0; index < gradient.length; index++) gradient[index] += weight * part[index];
    });
    return { ...whole, gradient };
  }

  async loss(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Measured> {
    const parts: Measured[] = [];
    for await (const feeds of this.parts(examples, parameters)) {
      const { loss } = await this.evaluation.run(feeds);
      parts.push({ loss: scalar(loss), answerTokens: feeds.target_ids.size });
    }
    return meanLoss(parts);
  }

  async close(): Promise<void> {
    this.prefixes.close();
    await Promise.all([this.prefix.release(), this.training.release(), this.evaluation.release()]);
  }

  /** What is fed for a batch, part by part as it is asked for. Examples of the same passages share a row. */
  private async *parts(examples: readonly TokenizedExample[], parameters: Float32Array): AsyncGenerator<Record<string, Tensor>> {
    const longest = Math.min(this.tokensAtOnce, this.options.configuration.contextLength);
    for (const part of tokenParts(sharedRows(examples, longest), this.tokensAtOnce)) yield this.feeds(part, parameters);
  }

  /** The same where gradients reach only answers: every example in a row of its own. */
  private async *cutParts(examples: readonly TokenizedExample[], parameters: Float32Array): AsyncGenerator<Record<string, Tensor>> {
    for (const part of tokenParts(sharedRows(examples, 0), this.tokensAtOnce)) yield this.cutFeeds(part.flatMap((row) => row.examples), parameters);
  }

  private async feeds(rows: readonly SharedRow[], parameters: Float32Array): Promise<Record<string, Tensor>> {
    const { width } = this.options.configuration;
    const batch = assembleBatch(rows);
    const prefixes = await this.prefixesOf(rows.flatMap(({ examples }) => examples));
    let next = 0;
    const states = rows.map(({ examples, shared }) => examples.map((_, index) => prefixes[next++].subarray(index === 0 ? 0 : shared * width)));
    return {
      ...this.batchFeeds(batch, this.states(batch.length, states), parameters),
      segment_ids: new Tensor('int64', batch.segments, [batch.rows, batch.length]),
    };
  }

  private async cutFeeds(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Record<string, Tensor>> {
    const { width, contextLength } = this.options.configuration;
    const batch = cutBatch(examples, contextLength - 1);
    const prefixes = await this.prefixesOf(examples);
    const between = (from: (example: TokenizedExample) => number, to: (example: TokenizedExample) => number): Float32Array[][] =>
      prefixes.map((states, row) => [states.subarray(from(examples[row]) * width, to(examples[row]) * width)]);
    const hidden = this.states(batch.length, between(({ promptLength }) => promptLength - 1, ({ tokens }) => tokens.length - 1));
    return {
      ...this.batchFeeds(batch, hidden, parameters),
      context_states: this.states(batch.contextLength, between(() => 0, ({ promptLength }) => promptLength - 1)),
      context_position_ids: new Tensor('int64', batch.contextPositions, [batch.rows, batch.contextLength]),
      context_slots: new Tensor('int64', batch.contextSlots, [batch.rows, batch.contextLength]),
    };
  }

  private batchFeeds({ rows, length, positions, answerPositions, targets }: Batch, hidden: Tensor, parameters: Float32Array): Record<string, Tensor> {
    return {
      hidden_states: hidden,
      position_ids: new Tensor('int64', positions, [rows, length]),
      answer_positions: new Tensor('int64', answerPositions, [answerPositions.length]),
      target_ids: new Tensor('int64', targets, [targets.length]),
      parameters: new Tensor('float32', parameters, [parameters.length]),
    };
  }

  /** Rows of states, each of pieces one after another, padded with zeros to (B,length,C). */
  private states(length: number, rows: readonly (readonly Float32Array[])[]): Tensor {
    const { width } = this.options.configuration;
    const padded = new Float32Array(rows.length * length * width);
    for (const [row, pieces] of rows.entries()) {
      let place = row * length * width;
      for (const piece of pieces) {
        padded.set(piece, place);
        place += piece.length;
      }
    }
    return new Tensor('float32', padded, [rows.length, length, width]);
  }

  /** Hidden states (T,C) below the first trained layer, the same in every epoch; those not known yet are computed together. */
  private async prefixesOf(examples: readonly TokenizedExample[]): Promise<Float32Array[]> {
    const known = examples.map((example) => this.prefixes.get(example));
    const missing = examples.filter((_, index) => !known[index]);
    if (missing.length === 0) return known as Float32Array[];
    const length = Math.max(...missing.map(({ tokens }) => tokens.length));
    const { width } = this.options.configuration;
    const shape = [missing.length, length];
    const ids = new BigInt64Array(missing.length * length);
    missing.forEach(({ tokens }, row) => tokens.forEach((token, place) => (ids[row * length + place] = BigInt(token))));
    const { hidden_states } = await this.prefix.run({
      input_ids: new Tensor('int64', ids, shape),
      position_ids: new Tensor('int64', BigInt64Array.from({ length: ids.length }, (_, index) => BigInt(index % length)), shape),
    });
    const states = hidden_states.data as Float32Array;
    let row = 0;
    return examples.map((example, index) => {
      if (known[index]) return known[index];
      const start = row++ * length * width;
      const own = states.slice(start, start + example.tokens.length * width);
      // Below the first layer there are only embeddings, which cost less than keeping them.
      if (this.options.layout.firstLayer > 0) this.prefixes.set(example, own);
      return own;
    });
  }
}

const scalar = (tensor: { readonly data: unknown }): number => (tensor.data as Float32Array)[0];

/** Mean over the answer tokens of all parts. */
function meanLoss(parts: readonly Measured[]): Measured {
  const answerTokens = parts.reduce((sum, part) => sum + part.answerTokens, 0);
  return { answerTokens, loss: parts.reduce((sum, { loss, answerTokens: count }) => sum + loss * (count / answerTokens), 0) };
}
