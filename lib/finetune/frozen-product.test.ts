import { Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { differentiate } from '../gradient/differentiate.ts';
import { Graph } from '../onnx/graph.ts';
import { openSession } from '../onnx/session.ts';
import { FrozenProducts } from './frozen-product.ts';
import type { FrozenWeights } from './frozen-weights.ts';
import { aroundMiddle, quantizeTransposed } from './quantize-matrix.ts';
import { seededRandom } from './random.ts';

const [words, width, answers] = [6000, 32, 5];
const random = seededRandom(3);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
// As real ones do, all embeddings have a direction in common.
const table = Float32Array.from({ length: words * width }, (_, index) => 0.3 * normal() + (index % width === 0 ? 1 : 0));
const targets = [3, 700, 700, 5999, 42];
const states = Float32Array.from({ length: answers * width }, (_, index) => 0.9 * normal() + table[targets[Math.floor(index / width)] * width + (index % width)] * 0.3);

const weights: FrozenWeights = {
  place: (graph, name) => graph.constant(table, [words, width], name),
  quantized: {
    forward(graph, name) {
      const { codes, scales } = quantizeTransposed(table, words, width);
      return { codes: graph.constant(aroundMiddle(codes), [width, words], `${name}.codes`), scales: graph.constant(scales, [words], `${name}.scales`) };
    },
    smoothing: (graph) => graph.constant(new Float32Array(width).fill(1), [width], 'smoothing'),
    backward: () => { throw new Error('The vocabulary has no 8-bit way back.'); },
  },
};

it('finds the gradient of the words\' likelihood from the likely words and the mean of the others', async () => {
  const graph = new Graph('words');
  const x = graph.input('x', 'float32', ['A', width]);
  const products = new FrozenProducts(graph, weights, []);
  const loss = products.wordLoss(x, graph.input('targets', 'int64', ['A']), 'embed');
  graph.output('loss', loss);
  graph.output('gradient', differentiate(loss, [x], { passages: products.passages })[0]);
  const session = await openSession(graph);
  const found = await session.run({ x: new Tensor('float32', states, [answers, width]), targets: new Tensor('int64', BigInt64Array.from(targets, BigInt), [answers]) });
  await session.release();

  const exact = exactLoss();
  expect((found.loss.data as Float32Array)[0]).toBeCloseTo(exact.loss, 1);
  const difference = (found.gradient.data as Float32Array).map((value, index) => value - exact.gradient[index]);
  expect(Math.hypot(...difference) / Math.hypot(...exact.gradient)).toBeLessThan(0.02);
  // Some of the probability does lie outside of the likely words: without their mean this would not hold.
  expect(exact.unlikely).toBeGreaterThan(0.05);
});

/** The same in 64-bit numbers and over all words; `unlikely`: mean probability of the words least likely for all answers together, a third of them. */
function exactLoss(): { loss: number; gradient: Float64Array; unlikely: number } {
  const gradient = new Float64Array(answers * width);
  const together = new Float64Array(words);
  let loss = 0;
  targets.forEach((target, answer) => {
    const state = states.subarray(answer * width, (answer + 1) * width);
    const scores = Array.from({ length: words }, (_, word) => state.reduce((sum, value, at) => sum + value * table[word * width + at], 0));
    const highest = Math.max(...scores);
    const exponentials = scores.map((score) => Math.exp(score - highest));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    loss -= Math.log(exponentials[target] / sum) / answers;
    exponentials.forEach((value, word) => {
      const probability = value / sum;
      together[word] += probability / answers;
      for (let at = 0; at < width; at++) gradient[answer * width + at] += ((probability - Number(word === target)) * table[word * width + at]) / answers;
    });
  });
  const unlikely = together.toSorted().slice(0, words - 4096).reduce((total, value) => total + value, 0);
  return { loss, gradient, unlikely };
}
