/** The graphs of one fine-tuning, opened: losses and gradients of batches of examples. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { Graph } from '../onnx/graph.ts';
import { openSession } from '../onnx/session.ts';
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import type { AdapterLayout } from './adapter-layout.ts';
import { assembleBatch, cutBatch, tokenParts, type Batch, type TokenizedExample } from './batches.ts';
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
}

export interface Measured {
  /** Mean over the batch's answer tokens, in nats. */
  readonly loss: number;
  readonly answerTokens: number;
}

/** Enough rows to fill the matrix products; what is kept for the backward pass grows with them (about 3 MB a token for all 18 layers). */
const TOKENS_AT_ONCE = 512;

export class Trainer {
  private readonly prefixes = new PrefixStore<TokenizedExample>();

  private constructor(
    private readonly options: TrainerOptions,
    private readonly prefix: InferenceSession,
    private readonly training: InferenceSession,
    private readonly evaluation: InferenceSession,
  ) {}

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
    for (const part of tokenParts(examples, TOKENS_AT_ONCE)) {
      const feeds = await (this.options.reach === 'answers' ? this.cutFeeds(part, parameters) : this.feeds(part, parameters));
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
    for (const part of tokenParts(examples, TOKENS_AT_ONCE)) {
      const feeds = await this.feeds(part, parameters);
      const { loss } = await this.evaluation.run(feeds);
      parts.push({ loss: scalar(loss), answerTokens: feeds.target_ids.size });
    }
    return meanLoss(parts);
  }

  async close(): Promise<void> {
    this.prefixes.close();
    await Promise.all([this.prefix.release(), this.training.release(), this.evaluation.release()]);
  }

  private async feeds(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Record<string, Tensor>> {
    const batch = assembleBatch(examples);
    const rows = examples.length;
    const { width } = this.options.configuration;
    const hidden = new Float32Array(rows * batch.length * width);
    const prefixes = await this.prefixesOf(batch);
    prefixes.forEach((states, row) => hidden.set(states, row * batch.length * width));
    return {
      hidden_states: new Tensor('float32', hidden, [rows, batch.length, width]),
      position_ids: new Tensor('int64', batch.positions, [rows, batch.length]),
      answer_positions: new Tensor('int64', batch.answerPositions, [batch.answerPositions.length]),
      target_ids: new Tensor('int64', batch.targets, [batch.targets.length]),
      parameters: new Tensor('float32', parameters, [parameters.length]),
    };
  }

  private async cutFeeds(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Record<string, Tensor>> {
    const { width, contextLength } = this.options.configuration;
    const batch = cutBatch(examples, contextLength - 1);
    const rows = examples.length;
    const hidden = new Float32Array(rows * batch.length * width);
    const context = new Float32Array(rows * batch.contextLength * width);
    const prefixes = await this.prefixesOf(assembleBatch(examples));
    prefixes.forEach((states, row) => {
      const { tokens, promptLength } = examples[row];
      context.set(states.subarray(0, (promptLength - 1) * width), row * batch.contextLength * width);
      hidden.set(states.subarray((promptLength - 1) * width, (tokens.length - 1) * width), row * batch.length * width);
    });
    return {
      hidden_states: new Tensor('float32', hidden, [rows, batch.length, width]),
      position_ids: new Tensor('int64', batch.positions, [rows, batch.length]),
      answer_positions: new Tensor('int64', batch.answerPositions, [batch.answerPositions.length]),
      target_ids: new Tensor('int64', batch.targets, [batch.targets.length]),
      parameters: new Tensor('float32', parameters, [parameters.length]),
      context_states: new Tensor('float32', context, [rows, batch.contextLength, width]),
      context_position_ids: new Tensor('int64', batch.contextPositions, [rows, batch.contextLength]),
      context_slots: new Tensor('int64', batch.contextSlots, [rows, batch.contextLength]),
    };
  }

  /** Hidden states (T,C) below the first trained layer, the same in every epoch; those not known yet are computed together. */
  private async prefixesOf({ examples, length }: Batch): Promise<Float32Array[]> {
    const known = examples.map((example) => this.prefixes.get(example));
    const missing = examples.filter((_, index) => !known[index]);
    if (missing.length === 0) return known as Float32Array[];
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
      this.prefixes.set(example, own);
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
