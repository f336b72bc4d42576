/** Reverse-mode differentiation of a graph: adds the nodes that compute gradients, knowing no operator itself. */
import { GraphError, type Graph, type GraphNode, type Shape, type Value } from '../onnx/graph.ts';
import { add, reduceSum } from '../onnx/operators.ts';
import { gradientRule } from './rules.ts';

/**
 * How a gradient passes a stretch of nodes as a whole: from the gradient of what comes out to that of the one `input`.
 * For roundings, whose true slope is zero nearly everywhere (the straight-through estimate: Bengio et al. 2013), and
 * where the gradient of the whole is simpler than the sum of its parts.
 */
export interface Passage {
  readonly input: Value;
  gradient(dy: Value): Value;
}

export interface DifferentiateOptions {
  /** By the value that comes out of them: these replace the rules of the nodes inside. */
  readonly passages?: ReadonlyMap<Value, Passage>;
  /** Values that are taken as given: no gradient goes to what they were computed from. */
  readonly stops?: ReadonlySet<Value>;
}

/**
 * Gradients of the scalar `loss` with respect to each of `trained`, in their shapes. Only nodes on a path from a
 * trained value to the loss get a gradient.
 * Throws GraphError when the loss does not depend on a trained value.
 */
export function differentiate(loss: Value, trained: readonly Value[], { passages = new Map(), stops = new Set() }: DifferentiateOptions = {}): Value[] {
  const nodes = [...loss.graph.nodes];
  const onPath = dependentsOf(trained, nodes, stops);
  const gradients = new Map<Value, Value>([[loss, one(loss.graph)]]);
  const receive = (input: Value, contribution: Value): void => {
    const part = sumTo(contribution, input.shape);
    const known = gradients.get(input);
    gradients.set(input, known ? add(known, part) : part);
  };
  for (const node of nodes.reverse()) {
    if (!node.outputs.some((output) => gradients.has(output) && onPath.has(output))) continue;
    const passage = passages.get(node.outputs[0]);
    if (passage) {
      if (onPath.has(passage.input)) receive(passage.input, passage.gradient(gradients.get(node.outputs[0])!));
      continue;
    }
    const contributions = gradientRule(node)({
      inputs: node.inputs as Value[],
      outputs: node.outputs,
      attributes: node.attributes,
      gradients: node.outputs.map((output) => gradients.get(output) ?? null),
    });
    node.inputs.forEach((input, index) => {
      const contribution = contributions[index];
      if (input && contribution && onPath.has(input)) receive(input, contribution());
    });
  }
  return trained.map((value) => {
    const gradient = gradients.get(value);
    if (!gradient) throw new GraphError(`The loss does not depend on "${value.name}".`);
    return gradient;
  });
}

/** The trained values and everything computed from them, up to the stops. */
function dependentsOf(trained: readonly Value[], nodes: readonly GraphNode[], stops: ReadonlySet<Value>): Set<Value> {
  const dependents = new Set(trained);
  for (const node of nodes) {
    if (node.inputs.some((input) => input && dependents.has(input))) for (const output of node.outputs) if (!stops.has(output)) dependents.add(output);
  }
  return dependents;
}

/** Undoes broadcasting: axes that were repeated to reach the gradient's shape are summed back. */
function sumTo(gradient: Value, shape: Shape): Value {
  const added = gradient.shape.length - shape.length;
  const aligned = added > 0 ? reduceSum(gradient, Array.from({ length: added }, (_, axis) => axis), false) : gradient;
  const repeated = shape.flatMap((size, axis) => (size === 1 && aligned.shape[axis] !== 1 ? [axis] : []));
  return repeated.length > 0 ? reduceSum(aligned, repeated) : aligned;
}

const one = (graph: Graph): Value => graph.constant(Float32Array.of(1), []);
