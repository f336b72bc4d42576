/** Products with frozen matrices in a training graph, exact or in 8 bits, and how gradients pass them. */
import type { Passage } from '../gradient/differentiate.ts';
import type { Graph, Value } from '../onnx/graph.ts';
import { add, divide, gather, logarithm, matMul, multiply, negate, reduceMean, reshape, cast, sizeOf, softmax, subtract } from '../onnx/operators.ts';
import { multiplyQuantized, quantizeRows, type QuantizedRows } from '../onnx/quantized.ts';
import type { FrozenWeights } from './frozen-weights.ts';

/** What a chosen word's probability is raised by, so that its logarithm stays finite where float32 has only a zero. */
const SMALLEST_PROBABILITY = 1e-30;

export class FrozenProducts {
  /** For lib/gradient/differentiate.ts: how gradients pass what was built here. */
  readonly passages = new Map<Value, Passage>();
  private readonly placed = new Map<string, Value>();

  constructor(
    private readonly graph: Graph,
    private readonly weights: FrozenWeights,
    /** Any value with the axes B and T. */
    private readonly sizesFrom: Value,
  ) {}

  /** A float32 weight. */
  weight(name: string): Value {
    if (!this.placed.has(name)) this.placed.set(name, this.weights.place(this.graph, name));
    return this.placed.get(name)!;
  }

  /** x (...,K) by each of the W (N,K) that read it: x W^T (...,N). */
  multiply(x: Value, names: readonly string[]): Value[] {
    const { quantized } = this.weights;
    if (!quantized) return names.map((name) => matMul(x, this.weight(name), { transposeB: true }));
    // Rounded once, however many matrices read it.
    const rows = this.rows(multiply(x, quantized.smoothing(this.graph, names[0])));
    return names.map((name) => {
      const product = multiplyQuantized(rows, quantized.forward(this.graph, name));
      this.passages.set(product, { input: x, gradient: (dy) => multiplyQuantized(this.rows(dy), quantized.backward(this.graph, name)) });
      return product;
    });
  }

  /**
   * Mean negative log-likelihood of the words `targets` (A) under the scores E x of hidden states x (A,C), E (V,C) the weight
   * `name`. With p = softmax(E x): dx = (p E - E[target]) dL / A. Backward is exact: rounded beside their row's largest, the many small
   * probabilities would be lost, and all words' embeddings have a direction in common.
   */
  wordLoss(x: Value, targets: Value, name: string): Value {
    const table = this.weight(name);
    const { quantized } = this.weights;
    const scores = quantized
      ? multiplyQuantized(this.rows(multiply(x, quantized.smoothing(this.graph, name))), quantized.forward(this.graph, name))
      : matMul(x, table, { transposeB: true });
    const probabilities = softmax(scores); // (A,V)
    const [chosen] = this.graph.node('GatherElements', [probabilities, reshape(targets, ['A', 1])], [{ type: 'float32', shape: ['A', 1] }], { axis: 1 });
    const loss = reduceMean(negate(logarithm(add(chosen, SMALLEST_PROBABILITY))), [0, 1], false);
    this.passages.set(loss, {
      input: x,
      gradient: (dy) => {
        const difference = subtract(matMul(probabilities, table), gather(table, targets));
        return multiply(difference, divide(dy, cast(sizeOf(targets, 0), 'float32')));
      },
    });
    return loss;
  }

  private rows(x: Value): QuantizedRows {
    return quantizeRows(x, this.sizesFrom);
  }
}
