import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { Graph, GraphError } from './graph.ts';
import * as op from './operators.ts';
import { MessageWriter } from './protobuf.ts';
import { openSession } from './session.ts';
import { sum, times } from './shapes.ts';
import { writeModel } from './write.ts';

const float = (values: readonly number[], shape: readonly number[]): Tensor => new Tensor('float32', Float32Array.from(values), shape);

async function run(graph: Graph, feeds: Record<string, Tensor>, folder?: string): Promise<Record<string, { data: number[]; dims: readonly number[] }>> {
  const session = await openSession(graph, folder);
  const results = await session.run(feeds);
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, { data: Array.from(tensor.data as Float32Array), dims: tensor.dims }]));
}

describe('protocol buffers', () => {
  it('encodes the examples of the specification', () => {
    expect([...new MessageWriter().integer(1, 150).finish()]).toEqual([0x08, 0x96, 0x01]);
    expect([...new MessageWriter().text(2, 'testing').finish()]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
    expect([...new MessageWriter().message(3, new MessageWriter().integer(1, 150)).finish()]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
    expect([...new MessageWriter().integer(1, -2).finish()]).toEqual([0x08, 0xfe, ...Array<number>(8).fill(0xff), 0x01]);
  });
});

describe('shapes', () => {
  it('keep named sizes readable', () => {
    expect(sum(['P', 'T'])).toBe('P+T');
    expect(sum(['R', 'R', 'R'])).toBe('3*R');
    expect(sum([2, 'T', 3])).toBe('T+5');
    expect(times(4, 'T')).toBe('4*T');
    expect(times(4, 3)).toBe(12);
  });

  it('follow every operator', () => {
    const graph = new Graph('shapes');
    const x = graph.input('x', 'float32', ['B', 'T', 8]);
    expect(op.matMul(x, graph.input('w', 'float32', [5, 8]), { transposeB: true }).shape).toEqual(['B', 'T', 5]);
    expect(op.transpose(op.reshape(x, ['B', 'T', 2, 4]), [0, 2, 1, 3]).shape).toEqual(['B', 2, 'T', 4]);
    expect(op.concat([x, graph.input('y', 'float32', ['B', 'P', 8])], 1).shape).toEqual(['B', 'T+P', 8]);
    expect(op.reduceMean(x, [-1]).shape).toEqual(['B', 'T', 1]);
    expect(op.gather(x, graph.constant(BigInt64Array.of(-1n), []), 1).shape).toEqual(['B', 8]);
    expect(op.split(x, [3, 5]).map((part) => part.shape.at(-1))).toEqual([3, 5]);
  });

  it.each<[string, (graph: Graph) => unknown, RegExp]>([
    ['sizes that do not broadcast', (graph) => op.add(graph.input('a', 'float32', [2, 3]), graph.input('b', 'float32', [2, 4])), /Add.*\(2, 3\).*\(2, 4\)/],
    ['a named size against a number', (graph) => op.add(graph.input('a', 'float32', ['T']), graph.input('b', 'float32', [4])), /T against 4/],
    ['inner sizes that differ', (graph) => op.matMul(graph.input('a', 'float32', [2, 3]), graph.input('b', 'float32', [4, 2])), /inner sizes/],
    ['types that differ', (graph) => op.add(graph.input('a', 'float32', [2]), graph.input('b', 'int64', [2])), /types/],
    ['a split that does not add up', (graph) => op.split(graph.input('a', 'float32', [5]), [2, 2]), /not 4 long/],
    ['a name used twice', (graph) => [graph.input('a', 'float32', [1]), graph.input('a', 'float32', [1])], /used twice/],
    ['a constant of the wrong size', (graph) => graph.constant(Float32Array.of(1, 2), [3]), /2 elements/],
    ['a value of another graph', (graph) => op.add(graph.input('a', 'float32', [1]), new Graph('other').input('b', 'float32', [1])), /another graph/],
    ['two open sizes in a reshape', (graph) => op.reshape(graph.input('a', 'float32', ['B', 'T']), ['T', 'B']), /more than one size open/],
  ])('refuse %s while the graph is built', (_, build, message) => {
    expect(() => build(new Graph('bad'))).toThrow(GraphError);
    expect(() => build(new Graph('bad'))).toThrow(message);
  });
});

describe('a written graph', () => {
  it('computes in ONNX Runtime what it says, for any named size', async () => {
    const graph = new Graph('affine');
    const x = graph.input('x', 'float32', ['T', 2]);
    const weight = graph.constant(Float32Array.of(1, 2, 3, 4), [2, 2]);
    graph.output('y', op.add(op.matMul(x, weight), 0.5));
    graph.output('scaled', op.matMul(x, weight, { transposeB: true, alpha: 2 }));
    expect((await run(graph, { x: float([1, 0, 0, 1, 1, 1], [3, 2]) })).y).toEqual({ data: [1.5, 2.5, 3.5, 4.5, 4.5, 6.5], dims: [3, 2] });
    expect((await run(graph, { x: float([1, 1], [1, 2]) })).scaled).toEqual({ data: [6, 14], dims: [1, 2] });
  });

  it('leaves out what no output needs', () => {
    const graph = new Graph('pruned');
    const x = graph.input('x', 'float32', [1]);
    op.exponential(x);
    graph.output('y', op.negate(x));
    const text = Buffer.from(writeModel(graph)).toString('latin1');
    expect(text).toContain('Neg');
    expect(text).not.toContain('Exp');
  });

  it('reads weights from the file beside it, one range under two shapes', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'graph-'));
    await writeFile(path.join(folder, 'weights.bin'), new Uint8Array(Float32Array.of(9, 9, 1, 2, 3, 4, 5, 6).buffer));
    const graph = new Graph('external');
    const place = (name: string, shape: number[]) => graph.weight(name, 'float32', shape, { file: 'weights.bin', offset: 8, length: 24 });
    const x = graph.input('x', 'float32', [1, 2]);
    graph.output('y', op.matMul(x, place('wide', [2, 3])));
    graph.output('z', op.matMul(x, place('tall', [3, 2]), { transposeB: true }));
    const { y, z } = await run(graph, { x: float([1, 1], [1, 2]) }, folder);
    expect(y.data).toEqual([5, 7, 9]);
    expect(z.data).toEqual([3, 7, 11]);
    await rm(folder, { recursive: true });
  });

  it('looks rows up and multiplies in 8-bit blocks', async () => {
    const graph = new Graph('quantised');
    const codes = Uint8Array.from({ length: 64 }, (_, index) => 128 + (index % 32) - 16);
    const scales = graph.constant(Float32Array.of(0.5, 2), [2, 1]);
    const identity = graph.input('x', 'float32', ['T', 32]);
    graph.output('product', op.matMulQuantized(identity, graph.constant(codes, [2, 1, 32]), scales, 1));
    graph.output('row', op.gatherQuantized(graph.constant(codes, [2, 32]), scales, graph.constant(BigInt64Array.of(1n))));
    const { product, row } = await run(graph, { x: float(Array.from({ length: 32 }, (_, index) => Number(index === 3)), [1, 32]) });
    expect(product.data).toEqual([-6.5, -26]);
    expect(row.data).toEqual(Array.from({ length: 32 }, (_, index) => 2 * (index - 16)));
  });
});
