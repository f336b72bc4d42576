/**
 * The BERT encoder (Devlin et al. 2019) as an inference graph: learned positions, norms after each residual sum, exact GELU.
 * Its matrices are multiplied in one of several precisions (docs/experiments/embedder-precision.md).
 *
 * Letters: B batch, T tokens, C width, H heads, F feed-forward width, V vocabulary.
 */
import { Graph, type Value } from '../onnx/graph.ts';
import { add, cast, dynamicQuantizeMatMul, gather, gelu, layerNorm, matMul, sizeOf, slice, split } from '../onnx/operators.ts';
import { packNibbles, quantizeColumns } from './bert-quantization.ts';
import { multiplyRows } from './row-product.ts';

export interface BertSizes {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly epsilon: number;
}

/** `int8-rows`: activations rounded by a scale per row, weights by a scale per output. `4-bit-blocks`: MatMulNBits. */
export type MatrixPrecision = 'float32' | '4-bit-blocks' | 'int8-rows' | 'int8-tensor';

/** 4-bit codes in blocks of 32 along the rows, as the source has them: value = (code - 8) * scale. */
export interface BlockQuantizedMatrix {
  readonly codes: Uint8Array;
  readonly scales: Float32Array;
}

/** Gives the encoder its weights by name; matrices are (outputs, inputs). */
export interface BertWeights {
  vector(name: string): Float32Array;
  matrix(name: string): BlockQuantizedMatrix;
}

export const BLOCK_SIZE = 32;

/**
 * Inputs `input_ids`, `attention_mask`, `token_type_ids` int64 (B,T); output `last_hidden_state` float32 (B,T,C).
 * Weight names: `emb.word|pos|type|ln.w|ln.b`, `lN.q|k|v|ao|fi|fo.w|b`, `lN.aln|oln.w|b`.
 */
export function bertEncoder(sizes: BertSizes, weights: BertWeights, precision: MatrixPrecision): Graph {
  const graph = new Graph('bert-encoder');
  const tokenIds = graph.input('input_ids', 'int64', ['B', 'T']);
  const attentionMask = graph.input('attention_mask', 'int64', ['B', 'T']);
  const tokenTypes = graph.input('token_type_ids', 'int64', ['B', 'T']);
  const { width, heads, feedForward, epsilon } = sizes;
  const encoder = new EncoderParts(graph, weights, precision);

  const positions = slice(encoder.table('emb.pos', width), 0, 0, sizeOf(tokenIds, 1), 'T'); // (T,C)
  const embedded = add(add(encoder.embed('emb.word', tokenIds, width), positions), gather(encoder.table('emb.type', width), tokenTypes));
  let hidden = encoder.norm('emb.ln', embedded, epsilon); // (B,T,C)
  const mask = cast(attentionMask, 'int32');

  for (let layer = 0; layer < sizes.layers; layer++) {
    const name = (part: string): string => `l${layer}.${part}`;
    const [query, key, value] = split(encoder.linear([name('q'), name('k'), name('v')], hidden, width), [width, width, width]);
    const attended = graph.node('MultiHeadAttention', [query, key, value, null, mask], [{ type: 'float32', shape: hidden.shape }],
      { num_heads: heads }, 'com.microsoft')[0];
    hidden = encoder.norm(name('aln'), add(encoder.linear([name('ao')], attended, width), hidden), epsilon);
    const widened = gelu(encoder.linear([name('fi')], hidden, width), 'none'); // (B,T,F)
    hidden = encoder.norm(name('oln'), add(encoder.linear([name('fo')], widened, feedForward), hidden), epsilon);
  }
  graph.output('last_hidden_state', hidden);
  return graph;
}

class EncoderParts {
  constructor(
    private readonly graph: Graph,
    private readonly weights: BertWeights,
    private readonly precision: MatrixPrecision,
  ) {}

  /** A table of plain numbers with rows of `width`. */
  table(name: string, width: number): Value {
    const values = this.weights.vector(name);
    return this.graph.constant(values, [values.length / width, width], name);
  }

  /** Rows of a 4-bit table. (B,T) -> (B,T,C) */
  embed(name: string, tokenIds: Value, width: number): Value {
    const { codes, scales } = this.weights.matrix(name);
    const rows = codes.length / width;
    const table = this.graph.constant(packNibbles(codes), [rows, width / 2], `${name}.codes`);
    const scaleTable = this.graph.constant(scales, [rows, width / BLOCK_SIZE], `${name}.scales`);
    return this.graph.node('GatherBlockQuantized', [table, tokenIds, scaleTable], [{ type: 'float32', shape: [...tokenIds.shape, width] }],
      { gather_axis: 0, quantize_axis: 1, block_size: BLOCK_SIZE, bits: 4 }, 'com.microsoft')[0];
  }

  norm(name: string, x: Value, epsilon: number): Value {
    const gain = this.graph.constant(this.weights.vector(`${name}.w`), undefined, `${name}.w`);
    return layerNorm(x, gain, this.graph.constant(this.weights.vector(`${name}.b`), undefined, `${name}.b`), epsilon);
  }

  /** x (B,T,inputs) times the transposes of matrices that share it, side by side, plus their biases. */
  linear(names: readonly string[], x: Value, inputs: number): Value {
    const parts = names.map((name) => this.weights.matrix(`${name}.w`));
    const codes = joinBytes(parts.map((part) => part.codes));
    const scales = joinFloats(parts.map((part) => part.scales));
    const bias = this.graph.constant(joinFloats(names.map((name) => this.weights.vector(`${name}.b`))), undefined, `${names.join('+')}.b`);
    return add(this.product(names.join('+'), x, { codes, scales }, inputs), bias);
  }

  private product(name: string, x: Value, matrix: BlockQuantizedMatrix, inputs: number): Value {
    const outputs = matrix.codes.length / inputs;
    const { graph } = this;
    if (this.precision === 'float32') return matMul(x, graph.constant(transposeOf(dequantizeCodes(matrix), outputs, inputs), [inputs, outputs], `${name}.w`));
    if (this.precision === '4-bit-blocks') {
      const packed = graph.constant(packNibbles(matrix.codes), [outputs, inputs / BLOCK_SIZE, BLOCK_SIZE / 2], `${name}.codes`);
      const scales = graph.constant(matrix.scales, [outputs, inputs / BLOCK_SIZE], `${name}.scales`);
      return graph.node('MatMulNBits', [x, packed, scales], [{ type: 'float32', shape: [...x.shape.slice(0, -1), outputs] }],
        { K: inputs, N: outputs, bits: 4, block_size: BLOCK_SIZE, accuracy_level: 4 }, 'com.microsoft')[0];
    }
    const { quantized, scales } = quantizeColumns(dequantizeCodes(matrix), outputs, inputs);
    const weight = graph.constant(quantized, [inputs, outputs], `${name}.int8`);
    const scale = graph.constant(scales, [outputs], `${name}.scale`);
    if (this.precision === 'int8-tensor') return dynamicQuantizeMatMul(x, weight, scale, graph.constant(new Int8Array(outputs), [outputs], `${name}.zero`));
    // A text has the same embedding alone and in any batch.
    return multiplyRows(x, [{ codes: weight, scales: scale }]);
  }
}

function dequantizeCodes({ codes, scales }: BlockQuantizedMatrix): Float32Array {
  return Float32Array.from(codes, (code, index) => (code - 8) * scales[Math.floor(index / BLOCK_SIZE)]);
}

/** (rows, columns) to (columns, rows). */
function transposeOf(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column];
  return result;
}

function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) whole.set(part, (at += part.length) - part.length);
  return whole;
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) whole.set(part, (at += part.length) - part.length);
  return whole;
}
