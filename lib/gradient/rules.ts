/**
 * One gradient rule for every operator a decoder is made of. `x` (or `a`, `b`) is what the operator read, `y` what it
 * computed, `dy` the gradient of the loss with respect to y; a rule gives the gradient with respect to each input.
 * Rules leave broadcasting alone: lib/gradient/differentiate.ts undoes it for all of them.
 */
import { GraphError, type Attributes, type GraphNode, type Value } from '../onnx/graph.ts';
import {
  add, cast, concat, divide, erf, expand, exponential, filled, multiply, negate, reduceMean, reduceSum, reshape,
  rotaryEmbedding, sizeOf, slice, subtract, transpose, unsqueeze, where,
} from '../onnx/operators.ts';
import { format, normalAxis } from '../onnx/shapes.ts';
import { matrixProductGradients } from './matrix-product.ts';

/** One application of an operator, seen from behind. */
export interface Application {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
  /** Gradients of the outputs; `null` where the loss does not depend on one. */
  readonly gradients: readonly (Value | null)[];
}

/** Per input, how to build its gradient; only those on a path to a trained value are built. `null`: there is none. */
export type GradientRule = (application: Application) => readonly ((() => Value) | null)[];

const DIFFERENTIABLE_OPERATORS = [
  'Add', 'Sub', 'Mul', 'Div', 'Neg', 'Exp', 'Log', 'Sqrt', 'Erf', 'Sigmoid', 'Gelu', 'Softmax', 'Cast', 'Identity', 'Where',
  'MatMul', 'FusedMatMul', 'Gather', 'ReduceSum', 'ReduceMean', 'Reshape', 'Expand', 'Transpose', 'Unsqueeze', 'Concat', 'Slice', 'Split',
  'SimplifiedLayerNormalization', 'RotaryEmbedding',
] as const;
type DifferentiableOperator = (typeof DIFFERENTIABLE_OPERATORS)[number];

/** Rule of an operator that treats every element alone: dx = dy * f'(x). */
const pointwise = (derivative: (x: Value, y: Value, attributes: Attributes) => Value): GradientRule =>
  ({ inputs: [x], outputs: [y], gradients: [dy], attributes }) => [() => multiply(dy!, derivative(x, y, attributes))];

/** Rule of an operator that only moves elements: dx has the shape of x again. */
const moved = (back: (dy: Value, application: Application) => Value): GradientRule =>
  (application) => [() => back(application.gradients[0]!, application), null, null, null];

const RULES: { readonly [O in DifferentiableOperator]: GradientRule } = {
  // d(a + b) = da + db
  Add: ({ gradients: [dy] }) => [() => dy!, () => dy!],
  // d(a - b) = da - db
  Sub: ({ gradients: [dy] }) => [() => dy!, () => negate(dy!)],
  // d(a b) = b da + a db
  Mul: ({ inputs: [a, b], gradients: [dy] }) => [() => multiply(dy!, b), () => multiply(dy!, a)],
  // d(a / b) = da / b - (a / b) db / b
  Div: ({ inputs: [, b], outputs: [y], gradients: [dy] }) => [() => divide(dy!, b), () => negate(divide(multiply(dy!, y), b))],
  // d(-x) = -dx
  Neg: ({ gradients: [dy] }) => [() => negate(dy!)],
  // d exp(x) = exp(x) dx
  Exp: pointwise((_, y) => y),
  // d log(x) = dx / x
  Log: ({ inputs: [x], gradients: [dy] }) => [() => divide(dy!, x)],
  // d sqrt(x) = dx / (2 sqrt(x))
  Sqrt: ({ outputs: [y], gradients: [dy] }) => [() => divide(multiply(dy!, 0.5), y)],
  // d erf(x) = 2/sqrt(pi) exp(-x^2) dx
  Erf: pointwise((x) => multiply(exponential(negate(multiply(x, x))), 2 / Math.sqrt(Math.PI))),
  // d s(x) = s(x) (1 - s(x)) dx
  Sigmoid: pointwise((_, y) => multiply(y, subtract(1, y))),
  Gelu: pointwise((x, _, { approximate }) => (approximate === 'tanh' ? geluTanhDerivative(x) : geluDerivative(x))),
  // dx = y (dy - sum(dy y)), summed along the normalised axis
  Softmax: ({ inputs: [x], outputs: [y], gradients: [dy], attributes }) => [() => {
    const weighted = multiply(dy!, y);
    return subtract(weighted, multiply(y, reduceSum(weighted, [normalAxis(attributes.axis as number, x.shape.length)])));
  }],
  // the same number in another type
  Cast: ({ inputs: [x], gradients: [dy] }) => [x.type === 'float32' || x.type === 'float16' ? () => cast(dy!, x.type) : null],
  // dx = dy
  Identity: moved((dy) => dy),
  // each element's gradient goes to the side it was taken from
  Where: ({ inputs: [condition], gradients: [dy] }) => [null, () => where(condition, dy!, 0), () => where(condition, 0, dy!)],
  MatMul: matrixProductGradients,
  FusedMatMul: matrixProductGradients,
  // a row read several times gets the sum of its readers' gradients
  Gather: ({ inputs: [data, indices], gradients: [dy], attributes }) => [() => {
    if (attributes.axis !== 0) throw new GraphError(`Gather is differentiated along axis 0 only, not ${attributes.axis}.`);
    const places = unsqueeze(indices, [indices.shape.length]);
    return scatterAdd(filled(data, data.shape, 0), places, dy!);
  }, null],
  // d sum(x) = sum(dx): every element gets dy
  ReduceSum: moved((dy, application) => expand(withReducedAxes(dy, application), application.inputs[0])),
  // d mean(x) = sum(dx) / n
  ReduceMean: moved((dy, application) => {
    const [x, axes] = application.inputs;
    const counted = axesOf(axes, x).map((axis) => cast(sizeOf(x, axis), 'float32')).reduce((product, size) => multiply(product, size));
    return expand(divide(withReducedAxes(dy, application), counted), x);
  }),
  Reshape: moved((dy, { inputs: [x] }) => reshape(dy, x.shape, x)),
  // repeated elements are summed where broadcasting is undone
  Expand: moved((dy) => dy),
  // the permutation that puts the axes back
  Transpose: moved((dy, { attributes }) => {
    const permutation = attributes.perm as readonly number[];
    return transpose(dy, permutation.map((_, axis) => permutation.indexOf(axis)));
  }),
  Unsqueeze: moved((dy, { inputs: [x] }) => reshape(dy, x.shape, x)),
  // each part gets its own stretch of dy
  Concat: ({ inputs, gradients: [dy], attributes }) => {
    const axis = attributes.axis as number;
    return inputs.map((x, index) => () => {
      const start = inputs.slice(0, index).map((before) => sizeOf(before, axis)).reduce(add, integer(x, 0));
      return slice(dy!, axis, start, add(start, sizeOf(x, axis)), x.shape[axis]);
    });
  },
  // zeros where nothing was taken
  Slice: moved((dy, { inputs: [x, start, , axes] }) => {
    const [axis] = axesOf(axes, x);
    const after = subtract(sizeOf(x, axis), add(start, sizeOf(dy, axis)));
    return x.graph.node('Pad', [dy, concat([start, after], 0), null, integer(x, axis)], [{ type: x.type, shape: x.shape }])[0];
  }),
  // the parts' gradients side by side
  Split: ({ outputs, gradients, attributes }) => [
    () => concat(outputs.map((part, index) => gradients[index] ?? filled(part, part.shape, 0)), attributes.axis as number), null,
  ],
  // y = g x r with r = 1/sqrt(mean(x^2) + e):  dx = r g dy - x r^3 mean(x g dy),  dg = x r dy
  SimplifiedLayerNormalization: ({ inputs: [x, gain], outputs: [, r], gradients: [dy] }) => [() => {
    const scaled = multiply(dy!, gain);
    const along = multiply(reduceMean(multiply(x, scaled), [-1]), multiply(r, r)); // r^2 mean(x g dy), (...,1)
    return multiply(subtract(scaled, multiply(x, along)), r);
  }, () => multiply(dy!, multiply(x, r))],
  // a rotation is undone by the opposite angle: cos stays, sin changes sign
  RotaryEmbedding: moved((dy, { inputs: [, positions, cosine, sine] }) => rotaryEmbedding(dy, positions, cosine, negate(sine))),
};

/** The rule of a node. Throws when the operator has none: quantised products, comparisons, shapes. */
export function gradientRule(node: GraphNode): GradientRule {
  const rule = (RULES as Readonly<Record<string, GradientRule>>)[node.operator];
  if (!rule) throw new GraphError(`No gradient rule for ${node.operator} (there are rules for ${DIFFERENTIABLE_OPERATORS.join(', ')}).`);
  return rule;
}

/** Half the step of the central difference below: its own error is then 2e-5, like that of float32's rounding. */
const GELU_STEP = 1 / 128;

// (gelu(x + h) - gelu(x - h)) / 2h. The formula takes 14 passes over memory, which this operator's fused form does in two.
function geluTanhDerivative(x: Value): Value {
  const at = (step: number): Value =>
    x.graph.node('FastGelu', [x, x.graph.constant(new Float32Array(Number(x.shape.at(-1))).fill(step))], [{ type: x.type, shape: x.shape }], {}, 'com.microsoft')[0];
  return multiply(subtract(at(GELU_STEP), at(-GELU_STEP)), 1 / (2 * GELU_STEP));
}

// With the normal distribution's P and p:  d (x P(x)) = (P(x) + x p(x)) dx
function geluDerivative(x: Value): Value {
  const probability = add(multiply(erf(multiply(x, Math.SQRT1_2)), 0.5), 0.5);
  const density = multiply(exponential(multiply(multiply(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return add(probability, multiply(x, density));
}

/** `data` with `updates` added at `places`, whose last axis holds coordinates; repeated places add up. */
const scatterAdd = (data: Value, places: Value, updates: Value): Value =>
  data.graph.node('ScatterND', [data, places, updates], [{ type: data.type, shape: data.shape }], { reduction: 'add' })[0];

/** The reduced axes put back as ones, so that the gradient lines up with what was reduced. */
function withReducedAxes(dy: Value, { inputs: [x, axes], attributes }: Application): Value {
  return attributes.keepdims === 1 ? dy : unsqueeze(dy, axesOf(axes, x).sort((a, b) => a - b));
}

function axesOf(axes: Value, of: Value): number[] {
  if (!axes.constant) throw new GraphError(`The axes of an operator on ${format(of.shape)} are known only at run time.`);
  return Array.from(axes.constant as BigInt64Array, (axis) => normalAxis(Number(axis), of.shape.length));
}

const integer = (like: Value, value: number, scalar = false): Value => like.graph.constant(BigInt64Array.of(BigInt(value)), scalar ? [] : [1]);
