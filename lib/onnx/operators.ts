/**
 * The operators the project uses, each checked for types and shapes while the graph is built.
 * Names and meanings follow onnx.ai/onnx/operators; those of ONNX Runtime follow its ContribOperators.md.
 */
import { GraphError, type Attributes, type Dimension, type ElementType, type Shape, type Value } from './graph.ts';
import { broadcast, format, matrixProduct, normalAxis, reduced, sum } from './shapes.ts';

const MICROSOFT = 'com.microsoft';

function one(operator: string, inputs: readonly (Value | null)[], shape: Shape, type: ElementType, attributes: Attributes = {}, domain = ''): Value {
  const graph = inputs.find((input) => input !== null)!.graph;
  return graph.node(operator, inputs, [{ type, shape }], attributes, domain)[0];
}

const scalar = (like: Value, value: number): Value => like.graph.constant(like.type === 'int64' ? BigInt64Array.of(BigInt(value)) : Float32Array.of(value), []);
const integers = (like: Value, values: readonly number[]): Value => like.graph.constant(BigInt64Array.from(values, BigInt));

/** A number beside a value becomes a constant of the value's type. */
type Operand = Value | number;

function binary(operator: string, left: Operand, right: Operand, result?: ElementType): Value {
  const like = (typeof left === 'number' ? right : left) as Value;
  const a = typeof left === 'number' ? scalar(like, left) : left;
  const b = typeof right === 'number' ? scalar(like, right) : right;
  if (a.type !== b.type) throw new GraphError(`${operator}: types ${a.type} and ${b.type} differ.`);
  return one(operator, [a, b], broadcast(a.shape, b.shape, operator), result ?? a.type);
}

export const add = (a: Operand, b: Operand): Value => binary('Add', a, b);
export const subtract = (a: Operand, b: Operand): Value => binary('Sub', a, b);
export const multiply = (a: Operand, b: Operand): Value => binary('Mul', a, b);
export const divide = (a: Operand, b: Operand): Value => binary('Div', a, b);
export const less = (a: Operand, b: Operand): Value => binary('Less', a, b, 'bool');
export const lessOrEqual = (a: Operand, b: Operand): Value => binary('LessOrEqual', a, b, 'bool');
export const greaterOrEqual = (a: Operand, b: Operand): Value => binary('GreaterOrEqual', a, b, 'bool');
export const equal = (a: Operand, b: Operand): Value => binary('Equal', a, b, 'bool');
export const and = (a: Value, b: Value): Value => binary('And', a, b, 'bool');
export const or = (a: Value, b: Value): Value => binary('Or', a, b, 'bool');

const unary = (operator: string, x: Value, attributes: Attributes = {}): Value => one(operator, [x], x.shape, x.type, attributes);

export const negate = (x: Value): Value => unary('Neg', x);
export const exponential = (x: Value): Value => unary('Exp', x);
export const logarithm = (x: Value): Value => unary('Log', x);
export const squareRoot = (x: Value): Value => unary('Sqrt', x);
export const erf = (x: Value): Value => unary('Erf', x);
export const sigmoid = (x: Value): Value => unary('Sigmoid', x);
/** The same value, as a value of its own. */
export const identity = (x: Value): Value => one('Identity', [x], x.shape, x.type);
export const absolute = (x: Value): Value => unary('Abs', x);
/** Gaussian error linear unit; `tanh` is Gemma's approximation, `none` the exact form of BERT. */
export const gelu = (x: Value, approximate: 'tanh' | 'none'): Value => unary('Gelu', x, { approximate });
export const softmax = (x: Value, axis = -1): Value => unary('Softmax', x, { axis });

export const cast = (x: Value, type: ElementType): Value =>
  x.type === type ? x : one('Cast', [x], x.shape, type, { to: ELEMENT_TYPE_CODES[type] });

/** Elements of the one where the condition holds, of the other elsewhere; all three broadcast. */
export function where(condition: Value, whenTrue: Operand, whenFalse: Operand): Value {
  const like = (typeof whenTrue === 'number' ? (whenFalse as Value) : whenTrue) as Value | number;
  const graph = condition.graph;
  const toValue = (operand: Operand): Value =>
    typeof operand === 'number' ? (typeof like === 'number' ? graph.constant(Float32Array.of(operand), []) : scalar(like, operand)) : operand;
  const a = toValue(whenTrue);
  const b = toValue(whenFalse);
  return one('Where', [condition, a, b], broadcast(condition.shape, broadcast(a.shape, b.shape, 'Where'), 'Where'), a.type);
}

/** `alpha * a @ b`, the last two axes of either swapped first where asked. */
export function matMul(a: Value, b: Value, options: { transposeA?: boolean; transposeB?: boolean; alpha?: number } = {}): Value {
  const { transposeA = false, transposeB = false, alpha = 1 } = options;
  const shape = matrixProduct(a.shape, b.shape, transposeA, transposeB);
  if (!transposeA && !transposeB && alpha === 1) return one('MatMul', [a, b], shape, a.type);
  return one('FusedMatMul', [a, b], shape, a.type, { transA: Number(transposeA), transB: Number(transposeB), alpha: { float: alpha } }, MICROSOFT);
}

/**
 * `x @ dequantised(W)^T` with W (N, K) in blocks along K: `quantized` (N, K/block, block) and `scales` (N, K/block).
 * Accuracy level 4 also rounds x to 8 bits per block; 1 computes in float32.
 */
export function matMulQuantized(x: Value, quantized: Value, scales: Value, accuracyLevel: 1 | 4 = 4): Value {
  const [rows, blocks, blockSize] = quantized.shape as number[];
  const inner = blocks * blockSize;
  if (x.shape.at(-1) !== inner) throw new GraphError(`MatMulNBits: ${format(x.shape)} has no last axis of ${inner}.`);
  return one('MatMulNBits', [x, quantized, scales], [...x.shape.slice(0, -1), rows], x.type,
    { K: inner, N: rows, bits: 8, block_size: blockSize, accuracy_level: accuracyLevel }, MICROSOFT);
}

/** Rows of a block-quantised table (rows, width): `table` (rows, width) of 8-bit codes, `scales` (rows, width/block). */
export function gatherQuantized(table: Value, scales: Value, indices: Value): Value {
  const width = table.shape[1] as number;
  return one('GatherBlockQuantized', [table, indices, scales], [...indices.shape, width], scales.type,
    { gather_axis: 0, quantize_axis: 1, block_size: width / (scales.shape[1] as number), bits: 8 }, MICROSOFT);
}

/** Entries of one axis by their places: the axis gives way to the axes of `indices`. */
export function gather(data: Value, indices: Value, axis = 0): Value {
  const normal = normalAxis(axis, data.shape.length);
  return one('Gather', [data, indices], [...data.shape.slice(0, normal), ...indices.shape, ...data.shape.slice(normal + 1)], data.type, { axis: normal });
}

const reduce = (operator: string) => (x: Value, axes: readonly number[], keepDimensions = true): Value =>
  one(operator, [x, integers(x, axes)], reduced(x.shape, axes, keepDimensions), x.type, { keepdims: Number(keepDimensions) });

export const reduceSum = reduce('ReduceSum');
export const reduceMean = reduce('ReduceMean');
export const reduceMax = reduce('ReduceMax');
export const reduceMin = reduce('ReduceMin');

/** Where the `count` largest elements of the last axis lie, (...,count), in no order. */
export function largestIndices(x: Value, count: number): Value {
  const shape = [...x.shape.slice(0, -1), count];
  return x.graph.node('TopK', [x, x.graph.constant(BigInt64Array.of(BigInt(count)))], [{ type: x.type, shape }, { type: 'int64', shape }], { axis: -1, sorted: 0 })[1];
}

/** x with `updates` (...,M) at `indices` (...,M) of its last axis. */
export const scatter = (x: Value, indices: Value, updates: Value): Value => one('ScatterElements', [x, indices, updates], x.shape, x.type, { axis: -1 });

/** Running sum along one axis. */
export const cumulativeSum = (x: Value, axis: number): Value => one('CumSum', [x, x.graph.constant(BigInt64Array.of(BigInt(normalAxis(axis, x.shape.length))), [])], x.shape, x.type);

/**
 * Same elements, new shape. A named size may stay in its place, one more may be computed from the rest; otherwise
 * the shape is put together at run time from `sizesFrom`, a value that carries the missing names.
 */
export function reshape(x: Value, shape: Shape, sizesFrom?: Value): Value {
  let computed = 0;
  const encoded = shape.map((dimension, axis) => {
    if (typeof dimension === 'number') return dimension;
    if (dimension === x.shape[axis]) return 0;
    computed += 1;
    return -1;
  });
  if (computed <= 1) return one('Reshape', [x, integers(x, encoded)], shape, x.type);
  if (!sizesFrom) throw new GraphError(`Reshape ${format(x.shape)} to ${format(shape)} leaves more than one size open.`);
  const sizes = runtimeShape(sizesFrom, shape);
  return one('Reshape', [x, sizes], shape, x.type);
}

/** The named and numeric sizes of `shape` as an int64 vector at run time, the names looked up in `like`. */
function runtimeShape(like: Value, shape: Shape): Value {
  const all = one('Shape', [like], [like.shape.length], 'int64');
  return concat(shape.map((dimension) => {
    if (typeof dimension === 'number') return integers(like, [dimension]);
    const axis = like.shape.indexOf(dimension);
    if (axis < 0) throw new GraphError(`No axis of ${format(like.shape)} is called ${dimension}.`);
    return slice(all, 0, axis, axis + 1, 1);
  }), 0);
}

/** A tensor of one repeated number. `like` carries the named sizes. */
export const filled = (like: Value, shape: Shape, value: number): Value =>
  one('Expand', [like.graph.constant(Float32Array.of(value), []), runtimeShape(like, shape)], shape, 'float32');

export const expand = (x: Value, like: Value): Value => one('Expand', [x, one('Shape', [like], [like.shape.length], 'int64')], broadcast(x.shape, like.shape, 'Expand'), x.type);

/** Axes in another order; `permutation` names the old axis for each new one. */
export function transpose(x: Value, permutation: readonly number[]): Value {
  return one('Transpose', [x], permutation.map((axis) => x.shape[axis]), x.type, { perm: permutation });
}

/** Axes of size 1 put in, at these places of the result. */
export function unsqueeze(x: Value, axes: readonly number[]): Value {
  const shape = [...x.shape];
  for (const axis of [...axes].sort((a, b) => a - b)) shape.splice(axis, 0, 1);
  return one('Unsqueeze', [x, integers(x, axes)], shape, x.type);
}

/** Joined along one axis; all other sizes are the same. One value is itself. */
export function concat(values: readonly Value[], axis: number): Value {
  if (values.length === 1) return values[0];
  const normal = normalAxis(axis, values[0].shape.length);
  const shape = values[0].shape.map((dimension, index) => (index === normal ? sum(values.map((value) => value.shape[normal])) : dimension));
  return one('Concat', values, shape, values[0].type, { axis: normal });
}

/** Elements `start` to `end` (not included) of one axis; `size` names the result's size where it is not plain. */
export function slice(x: Value, axis: number, start: number | Value, end: number | Value, size: Dimension): Value {
  const normal = normalAxis(axis, x.shape.length);
  const bound = (at: number | Value): Value => (typeof at === 'number' ? integers(x, [at]) : at);
  const shape = x.shape.map((dimension, index) => (index === normal ? size : dimension));
  return one('Slice', [x, bound(start), bound(end), integers(x, [normal])], shape, x.type);
}

/** Cut along one axis into parts of these sizes. One part is the value itself. */
export function split(x: Value, sizes: readonly number[], axis = -1): Value[] {
  if (sizes.length === 1) return [x];
  const normal = normalAxis(axis, x.shape.length);
  const total = sizes.reduce((a, b) => a + b, 0);
  if (x.shape[normal] !== total) throw new GraphError(`Split: axis ${normal} of ${format(x.shape)} is not ${total} long.`);
  const outputs = sizes.map((size) => ({ type: x.type, shape: x.shape.map((dimension, index) => (index === normal ? size : dimension)) }));
  return x.graph.node('Split', [x, integers(x, sizes)], outputs, { axis: normal });
}

/** One size of a value at run time, as an int64 vector of one element. */
export function sizeOf(x: Value, axis: number): Value {
  const normal = normalAxis(axis, x.shape.length);
  return one('Shape', [x], [1], 'int64', { start: normal, end: normal + 1 });
}

/**
 * Root-mean-square norm over the last axis (Zhang and Sennrich 2019), gains included. Its node has a second output, (...,1):
 * 1 / sqrt(mean(x^2) + epsilon), which the gradient reads.
 */
export function rmsNorm(x: Value, gain: Value, epsilon: number): Value {
  const outputs = [{ type: x.type, shape: x.shape }, { type: x.type, shape: [...x.shape.slice(0, -1), 1] }];
  return x.graph.node('SimplifiedLayerNormalization', [x, gain], outputs, { axis: -1, epsilon: { float: epsilon }, stash_type: 1 })[0];
}

/** Layer norm over the last axis (Ba et al. 2016): mean 0 and variance 1, then gain and bias. */
export function layerNorm(x: Value, gain: Value, bias: Value, epsilon: number): Value {
  return one('LayerNormalization', [x, gain, bias], x.shape, x.type, { axis: -1, epsilon: { float: epsilon } });
}

/** Rotary position embedding (Su et al. 2021), halves rotated: x (B,H,T,D) or (B,T,H*D), positions (B,T), tables (positions, D/2). */
export function rotaryEmbedding(x: Value, positions: Value, cosine: Value, sine: Value): Value {
  return one('RotaryEmbedding', [x, positions, cosine, sine], x.shape, x.type, { interleaved: 0 }, MICROSOFT);
}

/** `x @ W` with x rounded to 8 bits by one scale for the whole tensor; W (K, N) int8 with one scale a column. */
export function dynamicQuantizeMatMul(x: Value, weights: Value, scales: Value, zeroPoints: Value): Value {
  return one('DynamicQuantizeMatMul', [x, weights, scales, zeroPoints], matrixProduct(x.shape, weights.shape, false, false), x.type, {}, MICROSOFT);
}

/** Codes of TensorProto.DataType (onnx.proto). */
export const ELEMENT_TYPE_CODES: Readonly<Record<ElementType, number>> = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10 };
