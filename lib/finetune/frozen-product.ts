/** Products with frozen matrices in a training graph, exact or in 8 bits, and how gradients pass them. */
import type { Passage } from '../gradient/differentiate.ts';
import type { Graph, Value } from '../onnx/graph.ts';
import { add, divide, gather, largestIndices, logarithm, matMul, multiply, negate, reduceMean, reduceSum, reshape, cast, sizeOf, softmax, subtract } from '../onnx/operators.ts';
import { multiplyQuantized, quantizeRows, type QuantizedColumns, type QuantizedRows } from '../onnx/quantized.ts';
import type { FrozenWeights, QuantizedWeights } from './frozen-weights.ts';

/** What a chosen word's probability is raised by, so that its logarithm stays finite where float32 has only a zero. */
const SMALLEST_PROBABILITY = 1e-30;

/**
 * A tenth of the words, a fifth of the time. Cosine of the gradient to float32's, all matrices of 8 layers, before training: 0.993, with all words 0.994, with
 * 1024 0.950; after training there is no difference.
 */
const LIKELY_WORDS = 4096;

export class FrozenProducts {
  /** For lib/gradient/differentiate.ts: how gradients pass what was built here. */
  readonly passages = new Map<Value, Passage>();
  private readonly placed = new Map<string, Value>();
  private readonly columns = new Map<string, QuantizedColumns>();
  private readonly smoothings = new Map<string, Value>();

  constructor(
    private readonly graph: Graph,
    private readonly weights: FrozenWeights,
    /** For each pair of leading axes, such as B and T, any value that has both. */
    private readonly sizesFrom: readonly Value[],
  ) {}

  /** A float32 weight. */
  weight(name: string): Value {
    return remembered(this.placed, name, () => this.weights.place(this.graph, name));
  }

  /** x (...,K) by each of the W (N,K) that read it: x W^T (...,N). */
  multiply(x: Value, names: readonly string[]): Value[] {
    const { quantized } = this.weights;
    if (!quantized) return names.map((name) => matMul(x, this.weight(name), { transposeB: true }));
    // Rounded once, however many matrices read it.
    const rows = this.rows(multiply(x, this.smoothing(quantized, names[0])));
    return names.map((name) => {
      const product = multiplyQuantized(rows, this.quantizedColumns(quantized, 'forward', name));
      this.passages.set(product, { input: x, gradient: (dy) => multiplyQuantized(this.rows(dy), this.quantizedColumns(quantized, 'backward', name)) });
      return product;
    });
  }

  /**
   * Mean negative log-likelihood of the words `targets` (A) under the scores E x of hidden states x (A,C), E (V,C) the weight
   * `name`. With p = softmax(E x): dx = (p E - E[target]) dL / A. Backward is in float32: rounded beside their row's largest, the many small
   * probabilities would be lost, and all words' embeddings have a direction in common.
   */
  wordLoss(x: Value, targets: Value, name: string): Value {
    const table = this.weight(name);
    const { quantized } = this.weights;
    const scores = quantized
      ? multiplyQuantized(this.rows(multiply(x, this.smoothing(quantized, name))), this.quantizedColumns(quantized, 'forward', name))
      : matMul(x, table, { transposeB: true });
    const probabilities = softmax(scores); // (A,V)
    const [chosen] = this.graph.node('GatherElements', [probabilities, reshape(targets, ['A', 1])], [{ type: 'float32', shape: ['A', 1] }], { axis: 1 });
    const loss = reduceMean(negate(logarithm(add(chosen, SMALLEST_PROBABILITY))), [0, 1], false);
    this.passages.set(loss, {
      input: x,
      gradient: (dy) => {
        const difference = subtract(quantized ? this.expectedRow(probabilities, table) : matMul(probabilities, table), gather(table, targets));
        return multiply(difference, divide(dy, cast(sizeOf(targets, 0), 'float32')));
      },
    });
    return loss;
  }

  /**
   * p E (A,C) for probabilities p (A,V): over the words that the answers as a whole find likeliest, and for what is left of each row, a few
   * hundredths before training and next to nothing after it, the mean of all embeddings.
   */
  private expectedRow(probabilities: Value, table: Value): Value {
    if (Number(table.shape[0]) <= LIKELY_WORDS) return matMul(probabilities, table);
    const likely = largestIndices(reduceSum(probabilities, [0], false), LIKELY_WORDS);
    const kept = gather(probabilities, likely, 1);
    return add(matMul(kept, gather(table, likely)), multiply(subtract(1, reduceSum(kept, [1])), reduceMean(table, [0])));
  }

  private rows(x: Value): QuantizedRows {
    return quantizeRows(x, this.sizesFrom.find(({ shape }) => shape[0] === x.shape[0] && shape[1] === x.shape[1]));
  }

  // Each is placed in the graph once, however many products read it.
  private quantizedColumns(quantized: QuantizedWeights, way: 'forward' | 'backward', name: string): QuantizedColumns {
    return remembered(this.columns, `${way} ${name}`, () => quantized[way](this.graph, name));
  }

  private smoothing(quantized: QuantizedWeights, name: string): Value {
    return remembered(this.smoothings, name, () => quantized.smoothing(this.graph, name));
  }
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  if (!known.has(key)) known.set(key, make());
  return known.get(key)!;
}
