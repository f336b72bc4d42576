/** Brings stored weights into a graph: mapped from their files, never copied. */
import type { ElementType, Graph, Value } from '../onnx/graph.ts';
import type { ProjectionGroup } from './configuration.ts';

/** Where one tensor lies; what lib/weights/directory.ts hands out. */
export interface StoredTensor {
  readonly dtype: 'uint8' | 'float32';
  readonly shape: readonly number[];
  /** File name inside the model's folder. */
  readonly file: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly length: number;
}

export interface TensorDirectory {
  tensor(name: string): StoredTensor;
}

/** The stored names of groups that are kept as one matrix, so that one product computes all members. */
const GROUP_NAMES: Readonly<Record<ProjectionGroup, string>> = {
  qkv: 'self_attn.qkv_proj',
  o: 'self_attn.o_proj',
  gate_up: 'mlp.gate_up_proj',
  down: 'mlp.down_proj',
};

export interface QuantizedMatrix {
  /** (N, K/block, block) uint8 */
  readonly quantized: Value;
  /** (N, K/block) float32 */
  readonly scales: Value;
}

export class DecoderWeights {
  constructor(private readonly directory: TensorDirectory) {}

  /** A vector kept in float32. */
  vector(graph: Graph, name: string): Value {
    return place(graph, name, this.directory.tensor(name));
  }

  matrix(graph: Graph, name: string): QuantizedMatrix {
    return {
      quantized: place(graph, `${name}.quantized`, this.directory.tensor(`${name}.quantized`)),
      scales: place(graph, `${name}.scales`, this.directory.tensor(`${name}.scales`)),
    };
  }

  group(graph: Graph, layer: number, group: ProjectionGroup): QuantizedMatrix {
    return this.matrix(graph, `layers.${layer}.${GROUP_NAMES[group]}.weight`);
  }

  /** The same bytes as `matrix(...).quantized`, seen as (N, K): the form in which rows are looked up. */
  table(graph: Graph, name: string): Value {
    const stored = this.directory.tensor(`${name}.quantized`);
    const [rows, blocks, block] = stored.shape;
    return place(graph, `${name}.table`, { ...stored, shape: [rows, blocks * block] });
  }
}

function place(graph: Graph, name: string, stored: StoredTensor): Value {
  const type: ElementType = stored.dtype;
  return graph.weight(name, type, stored.shape, { file: stored.file, offset: stored.offset, length: stored.length });
}
