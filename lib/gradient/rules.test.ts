import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { Graph, GraphError, type Value } from '../onnx/graph.ts';
import {
  add, cast, concat, divide, erf, expand, exponential, gather, gelu, identity, less, logarithm, matMul, multiply, negate, reduceMax, reduceMean, reduceSum,
  reshape, rmsNorm, rotaryEmbedding, sigmoid, slice, softmax, split, squareRoot, subtract, transpose, unsqueeze, where,
} from '../onnx/operators.ts';
import { openSession } from '../onnx/session.ts';
import { differentiate } from './differentiate.ts';
import { largestGradientError, type CheckedInput } from './finite-differences.ts';

interface Case {
  readonly name: string;
  readonly inputs: readonly CheckedInput[];
  readonly build: (values: Value[], graph: Graph) => Value;
}

const batch = { sizes: [2, 3, 4], shape: ['B', 'T', 4] };
const row = { sizes: [4] };
const positive = { ...batch, range: [0.5, 2] } as const;
const int64 = (graph: Graph, values: number[], shape = [values.length]): Value => graph.constant(BigInt64Array.from(values, BigInt), shape);

const cases: Case[] = [
  { name: 'Add, a row broadcast', inputs: [batch, row], build: ([a, b]) => add(a, b) },
  { name: 'Sub, a row broadcast', inputs: [row, batch], build: ([a, b]) => subtract(a, b) },
  { name: 'Mul, inner axis broadcast', inputs: [batch, { sizes: [2, 1, 4], shape: ['B', 1, 4] }], build: ([a, b]) => multiply(a, b) },
  { name: 'Mul of a value with itself', inputs: [batch], build: ([a]) => multiply(a, a) },
  { name: 'Div, a column broadcast', inputs: [batch, { sizes: [3, 1], shape: ['T', 1], range: [0.7, 2] }], build: ([a, b]) => divide(a, b) },
  { name: 'Div, numerator broadcast', inputs: [row, positive], build: ([a, b]) => divide(a, b) },
  { name: 'Neg', inputs: [batch], build: ([x]) => negate(x) },
  { name: 'Exp', inputs: [batch], build: ([x]) => exponential(x) },
  { name: 'Log', inputs: [positive], build: ([x]) => logarithm(x) },
  { name: 'Sqrt', inputs: [positive], build: ([x]) => squareRoot(x) },
  { name: 'Erf', inputs: [batch], build: ([x]) => erf(x) },
  { name: 'Sigmoid', inputs: [batch], build: ([x]) => sigmoid(x) },
  { name: 'Gelu, tanh', inputs: [{ ...batch, range: [-3, 3] }], build: ([x]) => gelu(x, 'tanh') },
  { name: 'Gelu, exact', inputs: [{ ...batch, range: [-3, 3] }], build: ([x]) => gelu(x, 'none') },
  { name: 'Softmax, last axis', inputs: [batch], build: ([x]) => softmax(x) },
  { name: 'Softmax, middle axis', inputs: [batch], build: ([x]) => softmax(x, 1) },
  { name: 'Cast', inputs: [batch], build: ([x]) => cast(cast(x, 'float16'), 'float32') },
  { name: 'Where, one side broadcast', inputs: [batch, row], build: ([a, b], graph) => where(less(int64(graph, [0, 1, 0, 1]), 1), multiply(a, a), b) },
  { name: 'MatMul, batch by matrix', inputs: [batch, { sizes: [4, 5] }], build: ([a, b]) => matMul(a, b) },
  { name: 'MatMul, two matrices', inputs: [{ sizes: [3, 4], shape: ['T', 4] }, { sizes: [4, 2] }], build: ([a, b]) => matMul(a, b) },
  { name: 'MatMul, batch by batch', inputs: [batch, { sizes: [2, 4, 5], shape: ['B', 4, 5] }], build: ([a, b]) => matMul(a, b) },
  { name: 'MatMul, batch broadcast on the right', inputs: [{ sizes: [2, 2, 3, 4] }, { sizes: [2, 1, 4, 2] }], build: ([a, b]) => matMul(a, b) },
  { name: 'FusedMatMul, right transposed, matrix', inputs: [batch, { sizes: [5, 4] }], build: ([a, b]) => matMul(a, b, { transposeB: true, alpha: 0.5 }) },
  { name: 'FusedMatMul, right transposed, from few columns to many', inputs: [batch, { sizes: [17, 4] }], build: ([a, b]) => matMul(a, b, { transposeB: true, alpha: 0.5 }) },
  { name: 'FusedMatMul, right transposed, batch', inputs: [batch, { sizes: [2, 5, 4], shape: ['B', 5, 4] }], build: ([a, b]) => matMul(a, b, { transposeB: true, alpha: 2 }) },
  { name: 'FusedMatMul, left transposed', inputs: [{ sizes: [2, 4, 3] }, { sizes: [2, 4, 5] }], build: ([a, b]) => matMul(a, b, { transposeA: true }) },
  { name: 'FusedMatMul, left transposed, matrices', inputs: [{ sizes: [4, 3] }, { sizes: [4, 5] }], build: ([a, b]) => matMul(a, b, { transposeA: true }) },
  { name: 'FusedMatMul, both transposed', inputs: [{ sizes: [2, 4, 3] }, { sizes: [2, 5, 4] }], build: ([a, b]) => matMul(a, b, { transposeA: true, transposeB: true, alpha: -1 }) },
  { name: 'Gather, a row twice', inputs: [{ sizes: [5, 4] }], build: ([table], graph) => gather(table, int64(graph, [3, 1, 3])) },
  { name: 'Gather, table of indices', inputs: [{ sizes: [5, 4] }], build: ([table], graph) => gather(table, int64(graph, [0, 4, 4, 2], [2, 2])) },
  { name: 'ReduceSum, axis kept', inputs: [batch], build: ([x]) => reduceSum(x, [-1]) },
  { name: 'ReduceSum, axes dropped', inputs: [batch], build: ([x]) => reduceSum(x, [0, 2], false) },
  { name: 'ReduceMean, named axis', inputs: [batch], build: ([x]) => reduceMean(x, [1]) },
  { name: 'ReduceMean, axes dropped', inputs: [batch], build: ([x]) => reduceMean(x, [1, 2], false) },
  { name: 'Reshape, one size computed', inputs: [batch], build: ([x]) => reshape(x, ['B', 'T', 2, 2]) },
  { name: 'Reshape, rows joined', inputs: [batch], build: ([x]) => reshape(reshape(x, ['B*T', 4]), ['B', 'T', 4], x) },
  { name: 'Expand', inputs: [{ sizes: [2, 1, 4], shape: ['B', 1, 4] }, batch], build: ([x, like]) => multiply(expand(x, like), like) },
  { name: 'Transpose', inputs: [batch], build: ([x]) => transpose(x, [2, 0, 1]) },
  { name: 'Unsqueeze', inputs: [batch], build: ([x]) => unsqueeze(x, [1, 3]) },
  { name: 'Concat, named sizes', inputs: [batch, { sizes: [2, 5, 4], shape: ['B', 'P', 4] }], build: ([a, b]) => reduceMean(multiply(concat([a, b], 1), concat([a, b], 1)), [1]) },
  { name: 'Concat, a value twice', inputs: [batch, { sizes: [2, 3, 2], shape: ['B', 'T', 2] }], build: ([a, b]) => concat([a, b, a], 2) },
  { name: 'Slice, from the middle', inputs: [batch], build: ([x]) => slice(x, 2, 1, 3, 2) },
  { name: 'Slice, to the end', inputs: [batch], build: ([x]) => slice(x, 2, 1, Number.MAX_SAFE_INTEGER, 3) },
  { name: 'Split, all parts used', inputs: [batch], build: ([x]) => { const [a, b] = split(x, [1, 3]); return multiply(b, a); } },
  { name: 'Split, one part unused', inputs: [batch], build: ([x]) => split(x, [1, 2, 1])[1] },
  { name: 'SimplifiedLayerNormalization', inputs: [batch, row], build: ([x, gain]) => rmsNorm(x, gain, 1e-3) },
  {
    name: 'RotaryEmbedding',
    inputs: [{ sizes: [2, 2, 3, 4], shape: ['B', 2, 'T', 4] }],
    build: ([x], graph) => {
      const angles = Float32Array.from({ length: 10 }, (_, index) => index * 0.3);
      return rotaryEmbedding(x, int64(graph, [0, 1, 2, 2, 3, 4], [2, 3]), graph.constant(angles.map(Math.cos), [5, 2]), graph.constant(angles.map(Math.sin), [5, 2]));
    },
  },
];

describe('every gradient rule agrees with central finite differences', () => {
  it.each(cases)('$name', async ({ name, inputs, build }) => {
    const tolerance = name === 'Cast' ? 0.1 : 2e-3; // float16 itself steps by 1/1024
    expect(await largestGradientError(inputs, build)).toBeLessThan(tolerance);
  });

  it('would notice a gradient that is not the slope: a step is flat wherever it is differentiated', async () => {
    const error = await largestGradientError([{ ...row, range: [-0.005, 0.005] }], ([x]) => where(less(x, 0), multiply(x, 0), add(multiply(x, 0), 1)));
    expect(error).toBeGreaterThan(1);
  });
});

describe('differentiate', () => {
  it('adds nothing for values that do not lead to a trained one', () => {
    const graph = new Graph('half-frozen');
    const frozen = graph.input('frozen', 'float32', [4, 4]);
    const trained = graph.input('trained', 'float32', [4, 4]);
    const below = sigmoid(matMul(frozen, frozen));
    const loss = reduceSum(matMul(below, trained), [0, 1], false);
    const before = graph.nodes.length;
    differentiate(loss, [trained]);
    const products = graph.nodes.slice(before).filter((node) => /MatMul/.test(node.operator));
    expect(products).toHaveLength(1);
  });

  it('goes no further than a value that is taken as given', async () => {
    const graph = new Graph('stopped');
    const x = graph.input('x', 'float32', [3]);
    const given = identity(multiply(x, x));
    const loss = reduceSum(multiply(given, x), [0], false); // x^3, whose slope in the last x alone is x^2
    const [gradient] = differentiate(loss, [x], { stops: new Set([given]) });
    graph.output('gradient', gradient);
    const session = await openSession(graph);
    const { gradient: found } = await session.run({ x: new Tensor('float32', Float32Array.of(1, -2, 3), [3]) });
    expect([...(found.data as Float32Array)]).toEqual([1, 4, 9]);
    await session.release();
  });

  it('refuses a loss that does not depend on a trained value', () => {
    const graph = new Graph('apart');
    const x = graph.input('x', 'float32', [2]);
    const y = graph.input('y', 'float32', [2]);
    expect(() => differentiate(reduceSum(x, [0], false), [y])).toThrow(/does not depend on "y"/);
  });

  it('names an operator that has no rule', () => {
    const graph = new Graph('quantised');
    const x = graph.input('x', 'float32', [2, 2]);
    expect(() => differentiate(reduceSum(reduceMax(x, [1]), [0, 1], false), [x])).toThrow(GraphError);
    expect(() => differentiate(reduceSum(reduceMax(x, [1]), [0, 1], false), [x])).toThrow(/No gradient rule for ReduceMax/);
  });
});
