import { Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { Graph } from './graph.ts';
import { multiplyQuantized, quantizeRows } from './quantized.ts';
import { bytesSaturate } from './saturation.ts';
import { openSession } from './session.ts';

const TYPES = (await bytesSaturate()) ? (['uint8'] as const) : (['int8', 'uint8'] as const);

it.each(TYPES)('multiplies rows of very different size by %s codes, each as exactly as its own size allows', async (type) => {
  const [rows, inner, width] = [3, 32, 5];
  const graph = new Graph('product');
  const x = graph.input('x', 'float32', ['B', 'T', inner]);
  const codes = Int8Array.from({ length: inner * width }, (_, index) => ((index * 37) % 255) - 127);
  const scales = Float32Array.from({ length: width }, (_, column) => 0.01 * (column + 1));
  const columns = { codes: graph.constant(type === 'int8' ? codes : Uint8Array.from(codes, (code) => code + 128), [inner, width], 'codes'), scales: graph.constant(scales, [width], 'scales') };
  graph.output('y', multiplyQuantized(quantizeRows(x, x), columns));
  const session = await openSession(graph);
  const sizes = [1e-4, 1, 1e4];
  const given = Float32Array.from({ length: rows * inner }, (_, index) => sizes[Math.floor(index / inner)] * Math.sin(1.3 * index));
  const { y } = await session.run({ x: new Tensor('float32', given, [1, rows, inner]) });
  await session.release();
  for (let row = 0; row < rows; row++) {
    const expected = Array.from({ length: width }, (_, column) =>
      Array.from({ length: inner }, (_, at) => given[row * inner + at] * codes[at * width + column] * scales[column]).reduce((sum, part) => sum + part, 0));
    const found = Array.from((y.data as Float32Array).subarray(row * width, (row + 1) * width));
    const error = Math.hypot(...found.map((value, column) => value - expected[column])) / Math.hypot(...expected);
    expect(error, `row of size ${sizes[row]}`).toBeLessThan(0.02);
    expect(error).toBeGreaterThan(0);
  }
});
