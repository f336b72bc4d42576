/** Brings stored weights into a graph: mapped from their files, never copied. */
import type { Graph, Value } from '../onnx/graph.ts';
import { gather, gatherQuantized, matMul, matMulQuantized, multiply } from '../onnx/operators.ts';
import type { QuantizedColumns } from '../onnx/quantized.ts';
import type { TensorEntry, WeightDirectory } from '../weights/directory.ts';
import type { ProjectionGroup } from './configuration.ts';
import { rescoreLikeliest } from './rescore.ts';
import { multiplyRows } from './row-product.ts';

/** What a graph needs of a folder of weights: where each tensor lies. */
export type TensorDirectory = Pick<WeightDirectory, 'has' | 'tensor'>;

/** The stored names of groups that are kept as one matrix, so that one product computes all members. */
const GROUP_NAMES: Readonly<Record<ProjectionGroup, string>> = {
  qkv: 'self_attn.qkv_proj',
  o: 'self_attn.o_proj',
  gate_up: 'mlp.gate_up_proj',
  down: 'mlp.down_proj',
};

export const groupWeightName = (layer: number, group: ProjectionGroup): string => `layers.${layer}.${GROUP_NAMES[group]}.weight`;

/** A weight matrix W (N,K) in a graph, in the precision it is stored in. */
export interface StoredMatrix {
  /** x (...,K) -> x W^T (...,N) */
  multiply(x: Value): Value;
  /** Rows of W: indices (...) -> (...,K) */
  rows(indices: Value): Value;
}

export class DecoderWeights {
  constructor(private readonly directory: TensorDirectory) {}

  /** A vector kept in float32. */
  vector(graph: Graph, name: string): Value {
    return this.place(graph, name);
  }

  /** A matrix stored by columns rounds its inputs by rows; where its blocks are there too, the largest outputs are computed from those again. Else `accuracyLevel` 4 rounds the inputs of 8-bit matrices to 8 bits too, 1 keeps them in float32. */
  matrix(graph: Graph, name: string, accuracyLevel: 1 | 4): StoredMatrix {
    if (this.directory.has(`${name}.columns`)) {
      const columns = this.columns(graph, name);
      const rows = this.rows(graph, name);
      if (!this.directory.has(`${name}.quantized`)) return { multiply: (x) => multiplyRows(x, columns), rows };
      // What its inputs were divided by (lib/generate/smoothing.ts), rows were not multiplied by.
      const plain = (x: Value): Value => (this.directory.has(`${name}.smoothing`) ? multiply(x, this.place(graph, `${name}.smoothing`)) : x);
      return { multiply: (x) => rescoreLikeliest(multiplyRows(x, columns), plain(x), rows), rows };
    }
    if (!this.directory.has(`${name}.quantized`)) {
      const matrix = this.place(graph, name);
      return { multiply: (x) => matMul(x, matrix, { transposeB: true }), rows: (indices) => gather(matrix, indices) };
    }
    const quantized = this.place(graph, `${name}.quantized`);
    const scales = this.place(graph, `${name}.scales`);
    return {
      multiply: (x) => matMulQuantized(x, quantized, scales, accuracyLevel),
      rows: (indices) => gatherQuantized(this.table(graph, name), scales, indices),
    };
  }

  /** A matrix (K,N), or (P,K/P,N) in parts below each other, each with scales (N) of its own. */
  private columns(graph: Graph, name: string): QuantizedColumns[] {
    const [codes, scales] = [this.directory.tensor(`${name}.columns`), this.directory.tensor(`${name}.column_scales`)];
    const [parts, inputs, outputs] = codes.shape.length === 3 ? codes.shape : [1, ...codes.shape];
    const place = (tensor: TensorEntry, stored: string, shape: readonly number[], part: number): Value => {
      const length = tensor.length / parts;
      return graph.weight(`${stored}.${part}`, tensor.dtype, shape, { file: tensor.file, offset: tensor.offset + part * length, length });
    };
    return Array.from({ length: parts }, (_, part) => ({
      codes: place(codes, `${name}.columns`, [inputs, outputs], part),
      scales: place(scales, `${name}.column_scales`, [outputs], part),
    }));
  }

  /** Rows of a matrix whose products are computed from another form of it: from its blocks, which have to be there too. */
  private rows(graph: Graph, name: string): (indices: Value) => Value {
    let blocks: { readonly table: Value; readonly scales: Value } | null = null;
    return (indices) => {
      blocks ??= { table: this.table(graph, name), scales: this.place(graph, `${name}.scales`) };
      return gatherQuantized(blocks.table, blocks.scales, indices);
    };
  }

  group(graph: Graph, layer: number, group: ProjectionGroup, accuracyLevel: 1 | 4): StoredMatrix {
    return this.matrix(graph, groupWeightName(layer, group), accuracyLevel);
  }

  /** The same bytes as the blocks (N, K/block, block), seen as (N, K): the form in which rows are looked up. */
  private table(graph: Graph, name: string): Value {
    const [rows, blocks, block] = this.directory.tensor(`${name}.quantized`).shape;
    return this.place(graph, `${name}.quantized`, `${name}.table`, [rows, blocks * block]);
  }

  private place(graph: Graph, stored: string, name = stored, shape?: readonly number[]): Value {
    const tensor = this.directory.tensor(stored);
    return graph.weight(name, tensor.dtype, shape ?? tensor.shape, { file: tensor.file, offset: tensor.offset, length: tensor.length });
  }
}
