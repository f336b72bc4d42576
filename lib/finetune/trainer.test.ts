import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapterLayout } from './adapter-layout.ts';
import { adamWStep, initialState } from './adamw.ts';
import type { TokenizedExample } from './batches.ts';
import { readTinyFixture } from './fixtures/tiny-gemma3.ts';
import { Trainer } from './trainer.ts';

const fixture = readTinyFixture();
const { configuration, weights, settings, batches } = fixture;
const layout = adapterLayout(configuration, settings.rank, 0);
const start = fixture.flat('start.', layout);

const open = (firstLayer: number): Promise<Trainer> =>
  Trainer.open({ configuration, weights, alpha: settings.alpha, layout: adapterLayout(configuration, settings.rank, firstLayer) });

describe('the trainer beside PyTorch, on a small Gemma 3', () => {
  let trainer: Trainer;
  beforeAll(async () => {
    trainer = await open(0);
  });
  afterAll(() => trainer.close());

  it('finds the same loss', async () => {
    expect((await trainer.loss(batches[0], start)).loss).toBeCloseTo(fixture.losses[0], 4);
  });

  it('finds the same gradient for every adapter matrix', async () => {
    const { gradient } = await trainer.gradient(batches[0], start);
    const expected = fixture.flat('gradient.', layout);
    for (const { layerName, side, offset, length } of layout.matrices) {
      const error = relativeError(gradient.subarray(offset, offset + length), expected.subarray(offset, offset + length));
      expect(error, `${layerName} ${side}`).toBeLessThan(1e-3);
    }
  });

  it('takes the same ten AdamW steps', async () => {
    let state = initialState(start);
    for (const [step, expected] of fixture.losses.entries()) {
      const { loss, gradient } = await trainer.gradient(batches[step % 2], state.parameters);
      expect(Math.abs(loss - expected), `step ${step}`).toBeLessThan(1e-3);
      state = adamWStep(state, gradient, settings.learningRate, settings).state;
    }
  });
});

describe('training only the upper layers', () => {
  it('gives those layers the gradient they have when all are trained, from hidden states computed once', async () => {
    const all = adapterLayout(configuration, settings.rank, 0);
    const upper = adapterLayout(configuration, settings.rank, 2);
    // With no adapter below, both ways run the same network.
    const parameters = start.slice();
    parameters.fill(0, 0, all.size - upper.size);
    const [whole, part] = [await open(0), await open(2)];
    const expected = await whole.gradient(batches[0], parameters);
    for (let epoch = 0; epoch < 2; epoch++) {
      const found = await part.gradient(batches[0], parameters.slice(all.size - upper.size));
      expect(found.loss).toBeCloseTo(expected.loss, 5);
      expect(relativeError(found.gradient, expected.gradient.subarray(all.size - upper.size))).toBeLessThan(1e-4);
    }
    await Promise.all([whole.close(), part.close()]);
  });
});

describe('gradients that reach only the tokens of answers', () => {
  const openCut = (firstLayer: number): Promise<Trainer> =>
    Trainer.open({ configuration, weights, alpha: settings.alpha, layout: adapterLayout(configuration, settings.rank, firstLayer), reach: 'answers' });

  it('are the true ones where only the last layer is trained, whatever the lengths of prompts and answers', async () => {
    const last = adapterLayout(configuration, settings.rank, configuration.layers - 1);
    const all = adapterLayout(configuration, settings.rank, 0);
    const parameters = start.slice(all.size - last.size);
    const uneven = [...batches[0], { tokens: batches[0][0].tokens.slice(0, 5), promptLength: 2 }];
    const [whole, cut] = [await open(configuration.layers - 1), await openCut(configuration.layers - 1)];
    const [expected, found] = [await whole.gradient(uneven, parameters), await cut.gradient(uneven, parameters)];
    expect(found.loss).toBeCloseTo(expected.loss, 5);
    expect(found.answerTokens).toBe(expected.answerTokens);
    expect(relativeError(found.gradient, expected.gradient)).toBeLessThan(1e-4);
    await Promise.all([whole.close(), cut.close()]);
  });

  it('are those that PyTorch finds with the states of other tokens detached before each layer', async () => {
    const [whole, cut] = [await open(0), await openCut(0)];
    const [exact, found] = [await whole.gradient(batches[0], start), await cut.gradient(batches[0], start)];
    expect(found.loss).toBeCloseTo(fixture.losses[0], 4);
    const expected = fixture.flat('reach.', layout);
    for (const { layerName, side, offset, length } of layout.matrices) {
      expect(relativeError(found.gradient.subarray(offset, offset + length), expected.subarray(offset, offset + length)), `${layerName} ${side}`).toBeLessThan(1e-3);
    }
    expect(relativeError(found.gradient, exact.gradient)).toBeGreaterThan(0.01);
    await Promise.all([whole.close(), cut.close()]);
  });
});

describe('training with frozen products in 8 bits', () => {
  it('keeps close to the exact loss and gradient', async () => {
    const layout = adapterLayout(configuration, settings.rank, 0);
    const exact = await open(0);
    const rounded = await Trainer.open({ configuration, weights: fixture.quantizedWeights, alpha: settings.alpha, layout });
    const [expected, found] = [await exact.gradient(batches[0], start), await rounded.gradient(batches[0], start)];
    expect(Math.abs(found.loss - expected.loss)).toBeLessThan(0.03);
    expect(relativeError(found.gradient, expected.gradient)).toBeLessThan(0.1);
    expect(found.loss).not.toBe(expected.loss);
    await Promise.all([exact.close(), rounded.close()]);
  });
});

describe('questions of one passage in a row', () => {
  const [passage, another] = [batches[0][0].tokens.slice(0, 9), batches[1][0].tokens.slice(0, 5)];
  const asked = (context: readonly number[], ...rest: number[]): TokenizedExample => ({ tokens: [...context, ...rest], promptLength: context.length + 2, contextLength: context.length });
  const examples = [asked(passage, 7, 30, 41, 9), asked(another, 8, 31, 42), asked(passage, 12, 33, 44, 51, 62), asked(passage, 15, 16, 17), batches[0][1]];

  it.each([0, 2])('have the loss and the gradient they have apart, trained from layer %i', async (firstLayer) => {
    const trainer = await open(firstLayer);
    const parameters = start.slice(layout.size - adapterLayout(configuration, settings.rank, firstLayer).size);
    const apart = examples.map(({ tokens, promptLength }) => ({ tokens, promptLength }));
    const [expected, found] = [await trainer.gradient(apart, parameters), await trainer.gradient(examples, parameters)];
    expect(found.answerTokens).toBe(expected.answerTokens);
    expect(found.loss).toBeCloseTo(expected.loss, 5);
    expect(relativeError(found.gradient, expected.gradient)).toBeLessThan(1e-4);
    expect((await trainer.loss(examples, parameters)).loss).toBeCloseTo(expected.loss, 5);
    await trainer.close();
  });
});

describe('a batch taken in parts', () => {
  it('has the same loss and gradient however many tokens are computed at once, though a passage is read oftener', async () => {
    const passage = batches[0][0].tokens.slice(0, 9);
    const examples = [[7, 30, 41, 9], [8, 31, 42], [12, 33, 44, 51, 62], [15, 16, 17]].map((rest) => ({ tokens: [...passage, ...rest], promptLength: passage.length + 2, contextLength: passage.length }));
    const found = await Promise.all([16, 512].map(async (tokensAtOnce) => {
      const trainer = await Trainer.open({ configuration, weights, alpha: settings.alpha, layout, tokensAtOnce });
      const measured = await trainer.gradient(examples, start);
      await trainer.close();
      return measured;
    }));
    expect(found[0].loss).toBeCloseTo(found[1].loss, 5);
    expect(relativeError(found[0].gradient, found[1].gradient)).toBeLessThan(1e-4);
  });

  it('has the loss and the gradient of the whole', async () => {
    const trainer = await open(0);
    const tokens = [...batches[0][0].tokens];
    // Longer than what is taken at once, so that every copy is a part of its own; the original example is another.
    const long = { tokens: Array.from({ length: 60 }, (_, index) => tokens[index % tokens.length]), promptLength: 20 };
    const together = await trainer.gradient([...Array.from({ length: 9 }, () => long), batches[0][1]], start);
    const [one, other] = [await trainer.gradient([long], start), await trainer.gradient([batches[0][1]], start)];
    const share = other.answerTokens / together.answerTokens;
    expect(together.loss).toBeCloseTo(one.loss * (1 - share) + other.loss * share, 5);
    expect(relativeError(together.gradient, one.gradient.map((value, index) => value * (1 - share) + other.gradient[index] * share))).toBeLessThan(1e-4);
    await trainer.close();
  });
});

function relativeError(found: Float32Array, expected: Float32Array): number {
  const norm = (values: Float32Array): number => Math.hypot(...values);
  return norm(found.map((value, index) => value - expected[index])) / norm(expected);
}
