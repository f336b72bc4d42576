/** The graphs of one fine-tuning, opened: losses and gradients of batches of examples. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { openSession } from '../onnx/session.ts';
import type { DecoderConfiguration } from '../transformer/configuration.ts';
import type { AdapterLayout } from './adapter-layout.ts';
import { assembleBatch, type Batch, type TokenizedExample } from './batches.ts';
import type { FrozenWeights } from './frozen-weights.ts';
import { prefixGraph, trainingGraph } from './training-graph.ts';

export interface TrainerOptions {
  readonly configuration: DecoderConfiguration;
  readonly weights: FrozenWeights;
  /** Folder of the files that `weights` names, where they are files. */
  readonly weightFolder?: string;
  readonly layout: AdapterLayout;
  readonly alpha: number;
}

export interface Measured {
  /** Mean over the batch's answer tokens, in nats. */
  readonly loss: number;
  readonly answerTokens: number;
}

/** Memory for prefix results kept between epochs; past it they are computed anew each time. */
const PREFIX_CACHE_BYTES = 1 << 30;

export class Trainer {
  private readonly prefixes = new Map<TokenizedExample, Float32Array>();
  private prefixBytes = 0;

  private constructor(
    private readonly options: TrainerOptions,
    private readonly prefix: InferenceSession,
    private readonly training: InferenceSession,
    private readonly evaluation: InferenceSession,
  ) {}

  static async open(options: TrainerOptions): Promise<Trainer> {
    const { configuration, weights, weightFolder, layout, alpha } = options;
    const open = (graph: ReturnType<typeof prefixGraph>, shareWeights: boolean): Promise<InferenceSession> => openSession(graph, weightFolder, { shareWeights });
    return new Trainer(
      options,
      // Run once for each example, and the evaluation once an epoch: not worth a private copy of the weights.
      await open(prefixGraph(configuration, weights, layout.firstLayer), true),
      await open(trainingGraph(configuration, weights, layout, alpha, { gradient: true }), false),
      await open(trainingGraph(configuration, weights, layout, alpha, { gradient: false }), true),
    );
  }

  /** Loss of a batch and its gradient with respect to the flat parameters. */
  async gradient(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Measured & { gradient: Float32Array }> {
    const batch = assembleBatch(examples);
    const { loss, gradient } = await this.training.run(await this.feeds(batch, parameters));
    return { loss: scalar(loss), gradient: gradient.data as Float32Array, answerTokens: batch.targets.length };
  }

  async loss(examples: readonly TokenizedExample[], parameters: Float32Array): Promise<Measured> {
    const batch = assembleBatch(examples);
    const { loss } = await this.evaluation.run(await this.feeds(batch, parameters));
    return { loss: scalar(loss), answerTokens: batch.targets.length };
  }

  async close(): Promise<void> {
    await Promise.all([this.prefix.release(), this.training.release(), this.evaluation.release()]);
  }

  private async feeds(batch: Batch, parameters: Float32Array): Promise<InferenceSession.FeedsType> {
    const rows = batch.examples.length;
    const { width } = this.options.configuration;
    const hidden = new Float32Array(rows * batch.length * width);
    for (const [row, example] of batch.examples.entries()) hidden.set(await this.prefixOf(example), row * batch.length * width);
    return {
      hidden_states: new Tensor('float32', hidden, [rows, batch.length, width]),
      position_ids: new Tensor('int64', batch.positions, [rows, batch.length]),
      answer_positions: new Tensor('int64', batch.answerPositions, [batch.answerPositions.length]),
      target_ids: new Tensor('int64', batch.targets, [batch.targets.length]),
      parameters: new Tensor('float32', parameters, [parameters.length]),
    };
  }

  /** Hidden states (T,C) below the first trained layer: the same in every epoch. */
  private async prefixOf(example: TokenizedExample): Promise<Float32Array> {
    const known = this.prefixes.get(example);
    if (known) return known;
    const ids = BigInt64Array.from(example.tokens, BigInt);
    const shape = [1, ids.length];
    const { hidden_states } = await this.prefix.run({
      input_ids: new Tensor('int64', ids, shape),
      position_ids: new Tensor('int64', ids.map((_, index) => BigInt(index)), shape),
    });
    const states = hidden_states.data as Float32Array;
    if (this.prefixBytes + states.byteLength <= PREFIX_CACHE_BYTES) {
      this.prefixes.set(example, states);
      this.prefixBytes += states.byteLength;
    }
    return states;
  }
}

const scalar = (tensor: { readonly data: unknown }): number => (tensor.data as Float32Array)[0];
