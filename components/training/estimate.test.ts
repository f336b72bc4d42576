import { expect, it } from 'vitest';
import type { AdapterView } from '@/lib/messages/adapters.ts';
import type { TrainingRunDetail } from '@/lib/messages/training.ts';
import { estimate, measuredAdapters, measuredRun, roughly, type MeasuredTraining } from './estimate.ts';

const eight: MeasuredTraining = { name: 'eight', examples: 100, shown: 0, epochs: 5, layers: 8, reach: 'answers', seconds: 100, tokensPerSecond: 400 };
const two: MeasuredTraining = { ...eight, name: 'two', layers: 2, seconds: 30 };

it('scales with examples, epochs and layers, from the training with the nearest number of layers', () => {
  expect(estimate({ ...eight, examples: 200 }, [two, eight])).toEqual({ seconds: 200, from: eight });
  expect(estimate({ ...eight, epochs: 10, layers: 1 }, [eight, two])).toEqual({ seconds: 30, from: two });
});

it('knows that passages and gradients to everything take longer', () => {
  const seconds = (planned: object) => estimate({ ...eight, ...planned }, [eight])!.seconds;
  expect(seconds({ shown: 20 })).toBeCloseTo(190);
  expect(seconds({ reach: 'everything' })).toBeCloseTo(128);
});

it('does not guess without a measurement or without examples', () => {
  expect(estimate({ ...eight, examples: 10 }, [])).toBeNull();
  expect(estimate({ ...eight, examples: 0 }, [eight])).toBeNull();
});

it('reads cards, own ones first, and skips what has no times', () => {
  const view = (name: string, origin: AdapterView['origin'], card: object | null): AdapterView =>
    ({ name, origin, bytes: 1, usedBy: [], problem: null, card: card && { name, examples: 100, settings: { epochs: 5, layers: 8, reach: 'answers' }, trainingSeconds: 100, tokensPerSecond: 400, ...card } }) as unknown as AdapterView;
  const found = measuredAdapters([view('a', 'shipped', {}), view('b', 'own', {}), view('c', 'own', null), view('d', 'own', { settings: {} }), view('e', 'own', { trainingSeconds: 0 })]);
  expect(found.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(measuredAdapters([view('a', 'own', { examples: 120, shown: 20 })])).toEqual([{ ...eight, name: 'a', shown: 20 }]);
});

it('reads a run only once it has a pace', () => {
  // As a run tells it once it trains: 80 examples, and 51 with passages among what it counts.
  const run = (step: number) => ({ name: 'run', examples: { train: 131 }, settings: { epochs: 2, layers: 4, passages: 0.25, reach: 'everything' }, progress: { step, steps: 20, seconds: 10, tokensPerSecond: 300 } }) as unknown as TrainingRunDetail;
  expect(measuredRun(null)).toBeNull();
  expect(measuredRun(run(2))).toBeNull();
  expect(measuredRun(run(10))).toEqual({ name: 'run', examples: 80, shown: 51, epochs: 2, layers: 4, reach: 'everything', seconds: 20, tokensPerSecond: 300 });
});

it('is told no more exactly than it is known', () => {
  expect([1, 33, 101.8, 1130].map((seconds) => Object.values(roughly(seconds)))).toEqual([[5, 'second'], [35, 'second'], [100, 'second'], [19, 'minute']]);
});
