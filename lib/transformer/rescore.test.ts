import { Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { Graph } from '../onnx/graph.ts';
import { gather } from '../onnx/operators.ts';
import { openSession } from '../onnx/session.ts';
import { rescoreLikeliest } from './rescore.ts';
import { randomNumbers } from './testing/tiny-decoder.ts';

const [WORDS, WIDTH, ROWS] = [100, 16, 3];
const random = randomNumbers(5);
const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, random);

it('computes the 32 largest scores of every row anew and leaves the others', async () => {
  const graph = new Graph('rescore');
  const table = numbers(WORDS * WIDTH);
  const rows = graph.constant(table, [WORDS, WIDTH]);
  graph.output('scores', rescoreLikeliest(graph.input('rough', 'float32', ['B', 1, WORDS]), graph.input('x', 'float32', ['B', 1, WIDTH]), (indices) => gather(rows, indices)));
  const session = await openSession(graph);
  const [rough, x] = [numbers(ROWS * WORDS), numbers(ROWS * WIDTH)];
  const { scores } = await session.run({ rough: new Tensor('float32', rough, [ROWS, 1, WORDS]), x: new Tensor('float32', x, [ROWS, 1, WIDTH]) });
  for (let row = 0; row < ROWS; row++) {
    const before = rough.subarray(row * WORDS, (row + 1) * WORDS);
    const likeliest = new Set([...before.keys()].sort((one, other) => before[other] - before[one]).slice(0, 32));
    for (const [word, score] of before.entries()) {
      let exact = 0;
      for (let at = 0; at < WIDTH; at++) exact += x[row * WIDTH + at] * table[word * WIDTH + at];
      expect((scores.data as Float32Array)[row * WORDS + word]).toBeCloseTo(likeliest.has(word) ? exact : score, 5);
    }
  }
  await session.release();
});
