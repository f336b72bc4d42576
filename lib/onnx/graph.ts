/**
 * A graph of typed, shaped values: what the transformer is written on, what reverse-mode differentiation
 * walks, and what lib/onnx/write.ts turns into an ONNX file.
 */
export type ElementType = 'float32' | 'int64' | 'int32' | 'uint8' | 'int8' | 'bool' | 'float16';

/** A number, or the name of a size known only at run time (`B`, `T`, `4*T`). */
export type Dimension = number | string;
export type Shape = readonly Dimension[];

export type Attribute = number | string | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

export type ConstantData = Float32Array | BigInt64Array | Int32Array | Uint8Array | Int8Array;

/** Where the bytes of a large weight lie: a file beside the graph. Offsets and lengths in bytes. */
export interface ExternalData {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export interface Value {
  readonly graph: Graph;
  readonly name: string;
  readonly type: ElementType;
  readonly shape: Shape;
  /** The operation that computes it; `null` for inputs, constants and weights. */
  readonly node: GraphNode | null;
  readonly constant: ConstantData | null;
  readonly external: ExternalData | null;
}

export interface GraphNode {
  readonly operator: string;
  /** Empty for the standard operators, `com.microsoft` for ONNX Runtime's own. */
  readonly domain: string;
  /** `null` stands for an optional input left out. */
  readonly inputs: readonly (Value | null)[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

export interface OutputSpecification {
  readonly type: ElementType;
  readonly shape: Shape;
}

/** Thrown while a graph is built: an operator was given types or shapes that do not fit. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
}

export class Graph {
  readonly inputs: Value[] = [];
  readonly initializers: Value[] = [];
  /** In an order in which every node follows the nodes it reads. */
  readonly nodes: GraphNode[] = [];
  readonly outputs: { readonly name: string; readonly value: Value }[] = [];
  private readonly names = new Set<string>();
  private readonly sharedConstants = new Map<string, Value>();
  private counter = 0;

  constructor(readonly name: string) {}

  input(name: string, type: ElementType, shape: Shape): Value {
    const value = this.value(this.claim(name), type, shape);
    this.inputs.push(value);
    return value;
  }

  /** Small data kept inside the file. Equal one-element constants are shared. */
  constant(data: ConstantData, shape: Shape = [data.length], name?: string): Value {
    const size = shape.reduce<number>((product, dimension) => product * Number(dimension), 1);
    if (size !== data.length) throw new GraphError(`Constant of ${data.length} elements cannot have shape [${shape.join(', ')}].`);
    const key = data.length <= 8 && !name ? `${data.constructor.name}:${data.join(',')}:${shape.join(',')}` : null;
    const known = key === null ? undefined : this.sharedConstants.get(key);
    if (known) return known;
    const value = this.value(name ? this.claim(name) : this.fresh('constant'), elementTypeOf(data), shape, { constant: data });
    this.initializers.push(value);
    if (key !== null) this.sharedConstants.set(key, value);
    return value;
  }

  /** A weight whose bytes stay in another file. */
  weight(name: string, type: ElementType, shape: Shape, external: ExternalData): Value {
    const value = this.value(this.claim(name), type, shape, { external });
    this.initializers.push(value);
    return value;
  }

  /** Adds one operation. Prefer the checked functions of lib/onnx/operators.ts. */
  node(operator: string, inputs: readonly (Value | null)[], outputs: readonly OutputSpecification[], attributes: Attributes = {}, domain = ''): Value[] {
    for (const input of inputs) {
      if (input && input.graph !== this) throw new GraphError(`${operator} reads "${input.name}", which belongs to another graph.`);
    }
    const node = { operator, domain, inputs, attributes, outputs: [] as Value[] };
    for (const output of outputs) node.outputs.push(this.value(this.fresh(operator), output.type, output.shape, { node }));
    this.nodes.push(node);
    return node.outputs;
  }

  output(name: string, value: Value): void {
    if (this.outputs.some((output) => output.name === name)) throw new GraphError(`Output "${name}" exists already.`);
    this.outputs.push({ name, value });
  }

  private value(name: string, type: ElementType, shape: Shape, rest: Partial<Value> = {}): Value {
    return { graph: this, name, type, shape, node: null, constant: null, external: null, ...rest };
  }

  private fresh(hint: string): string {
    return this.claim(`${hint}_${this.counter++}`);
  }

  private claim(name: string): string {
    if (this.names.has(name)) throw new GraphError(`The name "${name}" is used twice in graph "${this.name}".`);
    this.names.add(name);
    return name;
  }
}

function elementTypeOf(data: ConstantData): ElementType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof BigInt64Array) return 'int64';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof Uint8Array) return 'uint8';
  return 'int8';
}
