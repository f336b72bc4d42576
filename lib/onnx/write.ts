/** Turns a graph into the bytes of an ONNX model (field numbers: onnx.proto of ONNX 1.17). */
import type { Attribute, ConstantData, Graph, GraphNode, Shape, Value } from './graph.ts';
import { ELEMENT_TYPE_CODES } from './operators.ts';
import { MessageWriter } from './protobuf.ts';

const INTERMEDIATE_REPRESENTATION_VERSION = 10;
const OPERATOR_SET_VERSION = 21;

/** The serialised ModelProto. Weights stay in their own files; only constants are inside. */
export function writeModel(graph: Graph): Uint8Array {
  const model = new MessageWriter()
    .integer(1, INTERMEDIATE_REPRESENTATION_VERSION)
    .text(2, 'dua-jawaban')
    .message(7, writeGraph(graph));
  model.message(8, new MessageWriter().text(1, '').integer(2, OPERATOR_SET_VERSION));
  model.message(8, new MessageWriter().text(1, 'com.microsoft').integer(2, 1));
  return model.finish();
}

function writeGraph(graph: Graph): MessageWriter {
  const writer = new MessageWriter();
  const reached = reachableNodes(graph);
  const read = new Set<Value>(graph.outputs.map((output) => output.value));
  for (const node of reached) for (const input of node.inputs) if (input) read.add(input);
  for (const node of reached) writer.message(1, writeNode(node));
  // An output is given its public name by an Identity, which the runtime removes.
  for (const output of graph.outputs) {
    writer.message(1, new MessageWriter().text(1, output.value.name).text(2, output.name).text(4, 'Identity'));
  }
  writer.text(2, graph.name);
  for (const initializer of graph.initializers) if (read.has(initializer)) writer.message(5, writeTensor(initializer));
  for (const input of graph.inputs) writer.message(11, writeValueInformation(input.name, input));
  for (const output of graph.outputs) writer.message(12, writeValueInformation(output.name, output.value));
  return writer;
}

/** Nodes that some output needs, in the graph's order. */
function reachableNodes(graph: Graph): GraphNode[] {
  const needed = new Set<GraphNode>();
  const pending = graph.outputs.map((output) => output.value.node);
  while (pending.length > 0) {
    const node = pending.pop();
    if (!node || needed.has(node)) continue;
    needed.add(node);
    for (const input of node.inputs) pending.push(input?.node ?? null);
  }
  return graph.nodes.filter((node) => needed.has(node));
}

function writeNode(node: GraphNode): MessageWriter {
  const writer = new MessageWriter();
  for (const input of node.inputs) writer.text(1, input?.name ?? '');
  for (const output of node.outputs) writer.text(2, output.name);
  writer.text(3, node.outputs[0].name).text(4, node.operator);
  for (const [name, attribute] of Object.entries(node.attributes)) writer.message(5, writeAttribute(name, attribute));
  return writer.text(7, node.domain);
}

function writeAttribute(name: string, attribute: Attribute): MessageWriter {
  const writer = new MessageWriter().text(1, name);
  if (typeof attribute === 'number') return writer.integer(3, attribute).integer(20, 2);
  if (typeof attribute === 'string') return writer.text(4, attribute).integer(20, 3);
  if ('float' in attribute) return writer.float(2, attribute.float).integer(20, 1);
  for (const value of attribute) writer.integer(8, value);
  return writer.integer(20, 7);
}

function writeTensor(value: Value): MessageWriter {
  const writer = new MessageWriter();
  for (const dimension of value.shape) writer.integer(1, Number(dimension));
  writer.integer(2, ELEMENT_TYPE_CODES[value.type]).text(8, value.name);
  if (value.constant) return writer.bytes(9, bytesOf(value.constant));
  const { file, offset, length } = value.external!;
  const entries = { location: file, offset: String(offset), length: String(length) };
  for (const [key, text] of Object.entries(entries)) writer.message(13, new MessageWriter().text(1, key).text(2, text));
  return writer.integer(14, 1);
}

function writeValueInformation(name: string, value: { type: Value['type']; shape: Shape }): MessageWriter {
  const shape = new MessageWriter();
  for (const dimension of value.shape) {
    shape.message(1, typeof dimension === 'number' ? new MessageWriter().integer(1, dimension) : new MessageWriter().text(2, dimension));
  }
  const tensor = new MessageWriter().integer(1, ELEMENT_TYPE_CODES[value.type]).message(2, shape);
  return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
}

const bytesOf = (data: ConstantData): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
