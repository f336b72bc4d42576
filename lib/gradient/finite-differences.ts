/** Checks a gradient against the slope it claims to be. Used by tests. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { Graph, type Shape, type Value } from '../onnx/graph.ts';
import { multiply, reduceSum } from '../onnx/operators.ts';
import { openSession } from '../onnx/session.ts';
import { differentiate } from './differentiate.ts';

export interface CheckedInput {
  /** Sizes at run time. */
  readonly sizes: readonly number[];
  /** The shape the graph is built with, where it names sizes. Default: `sizes`. */
  readonly shape?: Shape;
  /** Range of the random numbers. Default -1 to 1. */
  readonly range?: readonly [number, number];
}

/** Far enough that float32 rounding is small beside the difference, near enough that curvature is. */
const STEP = 1e-2;

/**
 * Builds `loss = sum(weights * f(inputs))` with fixed random weights and returns the largest difference between a
 * computed gradient element and its central finite difference, relative to the gradient's largest element.
 */
export async function largestGradientError(inputs: readonly CheckedInput[], build: (values: Value[], graph: Graph) => Value, seed = 1): Promise<number> {
  const random = seededUniform(seed);
  const graph = new Graph('checked');
  const values = inputs.map(({ sizes, shape = sizes }, index) => graph.input(`x${index}`, 'float32', shape));
  const result = build(values, graph);
  const resultSizes = result.shape.map((size) => (typeof size === 'number' ? size : namedSize(inputs, size)));
  const weights = new Tensor('float32', Float32Array.from({ length: product(resultSizes) }, () => random(-1, 1)), resultSizes);
  const loss = reduceSum(multiply(result, graph.input('weights', 'float32', result.shape)), result.shape.map((_, axis) => axis), false);
  graph.output('loss', loss);
  differentiate(loss, values).forEach((gradient, index) => graph.output(`d${index}`, gradient));
  const session = await openSession(graph);
  const data = inputs.map(({ sizes, range = [-1, 1] }) => Float32Array.from({ length: product(sizes) }, () => random(...range)));
  const run = (names?: string[]): Promise<InferenceSession.OnnxValueMapType> => session.run(
    { ...Object.fromEntries(data.map((numbers, index) => [`x${index}`, new Tensor('float32', numbers, [...inputs[index].sizes])])), weights },
    names ?? session.outputNames,
  );

  const analytic = await run();
  let worst = 0;
  for (const [index, numbers] of data.entries()) {
    const gradient = analytic[`d${index}`].data as Float32Array;
    if (gradient.length !== numbers.length) return Infinity;
    const scale = Math.max(...gradient.map(Math.abs), 1e-3);
    for (let element = 0; element < numbers.length; element++) {
      const original = numbers[element];
      const at = async (value: number): Promise<number> => {
        numbers[element] = value;
        return ((await run(['loss'])).loss.data as Float32Array)[0];
      };
      const slope = ((await at(original + STEP)) - (await at(original - STEP))) / (2 * STEP);
      numbers[element] = original;
      worst = Math.max(worst, Math.abs(slope - gradient[element]) / scale);
    }
  }
  await session.release();
  return worst;
}

function namedSize(inputs: readonly CheckedInput[], name: string): number {
  for (const { sizes, shape = [] } of inputs) {
    const axis = shape.indexOf(name);
    if (axis >= 0) return sizes[axis];
  }
  throw new Error(`No input has an axis called ${name}.`);
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

function seededUniform(seed: number): (low: number, high: number) => number {
  let state = seed;
  return (low, high) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' linear congruential generator
    return low + ((high - low) * state) / 2 ** 32;
  };
}
