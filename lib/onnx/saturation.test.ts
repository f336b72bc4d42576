import { describe, expect, it } from 'vitest';
import { Tensor } from 'onnxruntime-node';
import { Graph } from './graph.ts';
import { bytesSaturate } from './saturation.ts';
import { openSession } from './session.ts';

const TYPES = (await bytesSaturate()) ? (['uint8'] as const) : (['int8', 'uint8'] as const);

describe('products of bytes', () => {
  it.each(TYPES)('are exact with %s codes', async (type) => {
    const graph = new Graph('products');
    const left = graph.input('left', 'uint8', ['T', 640]);
    const codes = Int8Array.from({ length: 640 * 32 }, (_, index) => (index % 3 === 0 ? -127 : 127));
    const zeros = type === 'uint8' ? [graph.constant(Uint8Array.of(0), []), graph.constant(Uint8Array.of(128), [])] : [];
    const right = graph.constant(type === 'uint8' ? Uint8Array.from(codes, (code) => code + 128) : codes, [640, 32]);
    graph.output('product', graph.node('MatMulInteger', [left, right, ...zeros], [{ type: 'int32', shape: ['T', 32] }])[0]);
    const session = await openSession(graph);
    for (const rows of [1, 2, 5, 128]) {
      const { product } = await session.run({ left: new Tensor('uint8', new Uint8Array(rows * 640).fill(255), [rows, 640]) });
      const sums = Array.from({ length: 32 }, (_, column) => 255 * Array.from({ length: 640 }, (_, row) => codes[row * 32 + column]).reduce((total, code) => total + code, 0));
      expect([...(product.data as Int32Array)]).toEqual(Array.from({ length: rows }, () => sums).flat());
    }
    await session.release();
  });
});
