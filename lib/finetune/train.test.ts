import { describe, expect, it } from 'vitest';
import { initialState, type OptimizerState } from './adamw.ts';
import { assembleBatch, sharedRows, shuffledBatches, tokenParts, type TokenizedExample } from './batches.ts';
import { checkpointSteps } from './checkpoint-steps.ts';
import { seededRandom } from './random.ts';
import { DEFAULT_SETTINGS, learningRateAt } from './settings.ts';
import { train, type TrainableModel, type TrainingEvent, type TrainingRun } from './train.ts';

const example = (id: number, length = 4): TokenizedExample => ({ tokens: Array.from({ length }, () => id), promptLength: 2 });
const examples = Array.from({ length: 10 }, (_, index) => example(index + 1));
const settings = { ...DEFAULT_SETTINGS, epochs: 3, batchSize: 4, learningRate: 0.1, weightDecay: 0 };

/** A bowl: every example pulls the one parameter towards its own number. */
function bowl(seen: number[][] = []): TrainableModel {
  const loss = (batch: readonly TokenizedExample[], [x]: Float32Array): number => batch.reduce((sum, { tokens: [target] }) => sum + (x - target) ** 2 / 2, 0) / batch.length;
  return {
    async loss(batch, parameters) {
      return { loss: loss(batch, parameters), answerTokens: batch.length };
    },
    async gradient(batch, parameters) {
      seen.push(batch.map(({ tokens: [target] }) => target));
      const slope = batch.reduce((sum, { tokens: [target] }) => sum + parameters[0] - target, 0) / batch.length;
      return { loss: loss(batch, parameters), answerTokens: batch.length, gradient: Float32Array.of(slope) };
    },
  };
}

async function play(run: Partial<TrainingRun>): Promise<{ events: TrainingEvent[]; state: OptimizerState; saved: OptimizerState[] }> {
  const events: TrainingEvent[] = [];
  const saved: OptimizerState[] = [];
  const story = train({
    model: bowl(), train: examples, heldOut: examples.slice(0, 3), settings, start: initialState(Float32Array.of(0)),
    save: async (state) => void saved.push(state), clock: () => 0, ...run,
  });
  for (;;) {
    const next = await story.next();
    if (next.done) return { events, saved, state: next.value };
    events.push(next.value);
  }
}

const types = (events: readonly TrainingEvent[]): string[] => events.map(({ type }) => type);

describe('the training loop', () => {
  it('tells its story: steps, and after each epoch an evaluation and a checkpoint', async () => {
    const { events } = await play({});
    const epoch = ['step', 'step', 'step', 'held-out', 'evaluation', 'checkpoint'];
    expect(types(events)).toEqual(['run-start', ...epoch, ...epoch, ...epoch, 'run-end']);
  });

  it('learns', async () => {
    const { events } = await play({ heldOut: examples, settings: { ...settings, epochs: 30 } });
    const losses = events.flatMap((event) => (event.type === 'evaluation' ? [event.heldOutLoss!] : []));
    expect(losses.at(-1)).toBeLessThan(losses[0] / 2);
  });

  it('sees every example once an epoch, in an order that follows from the seed', async () => {
    const [first, same, other]: number[][][] = [[], [], []];
    await play({ model: bowl(first) });
    await play({ model: bowl(same) });
    await play({ model: bowl(other), settings: { ...settings, seed: 2 } });
    expect(first.slice(0, 3).flat().sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.slice(3, 6)).not.toEqual(first.slice(0, 3));
  });

  it('stops after the step under way, keeping its state', async () => {
    const controller = new AbortController();
    const model = bowl();
    let steps = 0;
    const stopping: TrainableModel = { ...model, gradient: (...given) => (++steps === 5 && controller.abort(), model.gradient(...given)) };
    const { events, saved, state } = await play({ model: stopping, signal: controller.signal });
    expect(events.at(-1)).toMatchObject({ type: 'run-end', reason: 'stopped', step: 5 });
    expect(saved.at(-1)).toBe(state);
    expect(state.step).toBe(5);
  });

  it('ends where it would have ended when it goes on from a checkpoint in the middle of an epoch', async () => {
    const whole = await play({});
    const controller = new AbortController();
    const model = bowl();
    let steps = 0;
    const stopping: TrainableModel = { ...model, gradient: (...given) => (++steps === 5 && controller.abort(), model.gradient(...given)) };
    const { state } = await play({ model: stopping, signal: controller.signal });
    const resumed = await play({ start: state });
    expect(resumed.state).toEqual(whole.state);
  });

  it('makes up for the evaluation of an epoch that was stopped at its last step', async () => {
    const whole = await play({ keepAt: new Set([3]), keep: async () => {} });
    const controller = new AbortController();
    const model = bowl();
    let steps = 0;
    const stopping: TrainableModel = { ...model, gradient: (...given) => (++steps === 3 && controller.abort(), model.gradient(...given)) };
    const evaluations = (events: readonly TrainingEvent[]) => events.flatMap((event) => (event.type === 'evaluation' ? [event] : []));
    const stopped = await play({ model: stopping, signal: controller.signal, keepAt: new Set([3]), keep: () => Promise.reject(new Error('kept without its loss')) });
    expect(evaluations(stopped.events)).toEqual([{ ...evaluations(whole.events)[0], heldOutLoss: null }]);
    const [{ epoch, step, trainLoss: trained }] = evaluations(stopped.events);
    const kept: number[] = [];
    const resumed = await play({ start: stopped.state, evaluated: { epoch, step, train: trained, heldOut: null }, keepAt: new Set([3]), keep: async (state) => void kept.push(state.step) });
    expect(evaluations(resumed.events)).toEqual(evaluations(whole.events));
    expect(kept).toEqual([3]);
    expect(resumed.state).toEqual(whole.state);
    expect(evaluations((await play({ start: stopped.state, evaluated: { epoch, step, train: trained, heldOut: 1 } })).events)).toHaveLength(2);
  });

  it('saves its state every few seconds, so that a crash costs no more', async () => {
    let now = 0;
    const { saved } = await play({ clock: () => (now += 1000), saveEverySeconds: 5, settings: { ...settings, epochs: 1, batchSize: 1 } });
    expect(saved.length).toBeGreaterThan(3);
    const [first] = saved;
    const [whole, resumed] = [await play({ settings: { ...settings, epochs: 1, batchSize: 1 } }), await play({ start: first, settings: { ...settings, epochs: 1, batchSize: 1 } })];
    expect(resumed.state).toEqual(whole.state);
  });

  it('keeps what may be asked, each with the losses at that step', async () => {
    const kept: [number, number | null][] = [];
    const { events } = await play({ keepAt: new Set([1, 3, 9]), keep: async ({ step }, { heldOut }) => void kept.push([step, heldOut]) });
    const measured = events.flatMap((event) => (event.type === 'held-out' ? [[event.step, event.loss]] : []));
    expect(measured.map(([step]) => step)).toEqual([0, 1, 3, 6, 9]);
    expect(kept).toEqual(measured.filter(([step]) => [1, 3, 9].includes(step)));
  });

  it('measures a sample on the way and everything after an epoch', async () => {
    const heldOut = Array.from({ length: 100 }, (_, index) => example(index + 1));
    const { events, state } = await play({ heldOut, settings: { ...settings, epochs: 1 } });
    expect(events.find(({ type }) => type === 'held-out')).toMatchObject({ examples: 64, step: 3 });
    const all = heldOut.reduce((sum, { tokens: [target] }) => sum + (state.parameters[0] - target) ** 2 / 2, 0) / 100;
    expect(events.find(({ type }) => type === 'evaluation')).toMatchObject({ heldOutLoss: expect.closeTo(all, 3) });
  });

  it('says so when the loss is no longer a number, and keeps the checkpoint before', async () => {
    const model = bowl();
    let steps = 0;
    const broken: TrainableModel = { ...model, gradient: async (...given) => ({ ...(await model.gradient(...given)), ...(++steps === 5 ? { loss: NaN } : {}) }) };
    const saved: OptimizerState[] = [];
    const run = play({ model: broken, save: async (state) => void saved.push(state) });
    await expect(run).rejects.toThrow('Training diverged at step 5 (NaN). The checkpoint of step 3 is kept.');
    expect(saved.map(({ step }) => step)).toEqual([3]);
  });
});

describe('the steps whose adapter is kept', () => {
  it('lie close together at first, and the last is among them', () => {
    expect([...checkpointSteps(100, 6)]).toEqual([13, 25, 50, 75, 100, 150, 200, 300, 400, 500, 600]);
    expect([...checkpointSteps(1, 1)]).toEqual([1]);
    expect([...checkpointSteps(3, 2)]).toEqual([1, 2, 3, 5, 6]);
  });

  it('are at most 24 of a long run', () => {
    const steps = [...checkpointSteps(100, 100)];
    expect(steps).toHaveLength(24);
    expect(steps.at(-1)).toBe(10_000);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});

describe('the learning rate', () => {
  it('rises over the warm-up and falls to nearly nothing', () => {
    const at = (step: number): number => learningRateAt(step, 100, { learningRate: 1, warmup: 0.1 });
    expect([at(0), at(9), at(10), at(55), at(99)]).toEqual([0.1, 1, 1, 0.5, expect.closeTo(1 / 90)]);
  });
});

describe('batches', () => {
  it('put examples of similar length together', () => {
    const mixed = Array.from({ length: 32 }, (_, index) => example(index, 4 + (index % 4) * 10));
    const spread = shuffledBatches(mixed, 8, seededRandom(1)).map((batch) => new Set(batch.map(({ tokens }) => tokens.length)).size);
    expect(spread).toEqual([1, 1, 1, 1]);
  });

  it('ask for the answer and the end token only', () => {
    const { answerPositions, targets, length } = assembleBatch(sharedRows([{ tokens: [2, 5, 6, 7, 1], promptLength: 3 }, { tokens: [2, 8, 1], promptLength: 2 }], 64));
    expect(length).toBe(5);
    expect([...answerPositions]).toEqual([2n, 3n, 6n]);
    expect([...targets]).toEqual([7n, 1n, 1n]);
  });

  it('read a passage once for all that ask of it', () => {
    const asked = (...rest: number[]): TokenizedExample => ({ tokens: [2, 5, 6, ...rest], promptLength: 4, contextLength: 3 });
    const other: TokenizedExample = { tokens: [2, 9, 7, 8, 1], promptLength: 3, contextLength: 2 };
    const rows = sharedRows([asked(10, 11, 1), other, asked(12, 13, 14, 1)], 64);
    expect(rows.map(({ examples, length }) => [examples.length, length])).toEqual([[2, 10], [1, 5]]);
    const { length, positions, segments, answerPositions, targets } = assembleBatch(rows);
    expect([...positions.subarray(0, length)].map(Number)).toEqual([0, 1, 2, 3, 4, 5, 3, 4, 5, 6]);
    expect([...segments].map(Number)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1]);
    expect([...answerPositions].map(Number)).toEqual([3, 4, 6, 7, 8, 12, 13]);
    expect([...targets].map(Number)).toEqual([11, 1, 13, 14, 1, 8, 1]);
  });

  it('do not let a row grow beyond what fits', () => {
    const asked = Array.from({ length: 5 }, (_, index): TokenizedExample => ({ tokens: [2, 5, 6, 10 + index, 20, 1], promptLength: 4, contextLength: 3 }));
    expect(sharedRows(asked, 9).map(({ length }) => length)).toEqual([9, 9, 6]);
    expect(tokenParts(sharedRows(asked, 9), 18).map((part) => part.length)).toEqual([2, 1]);
    expect(sharedRows(asked, 0).map(({ examples }) => examples.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('keep the questions of a passage beside each other, each once', () => {
    const asked = Array.from({ length: 60 }, (_, index): TokenizedExample => ({ tokens: [2, index % 12, 6, index, 1], promptLength: 4, contextLength: 3 }));
    const batches = shuffledBatches(asked, 10, seededRandom(1));
    expect(batches.map((batch) => new Set(batch.map(({ tokens }) => tokens[1])).size)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(new Set(batches.flat()).size).toBe(60);
  });
});
