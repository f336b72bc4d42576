import { describe, expect, it } from 'vitest';
import { foldRun, newRun, summaryOf } from './training-fold.ts';
import { LOSS_POINTS, type RunEvent, type RunEventBody, type TrainingRunDetail, type TrainingSettings } from './training.ts';

const settings: TrainingSettings = { rank: 4, alpha: 8, layers: 2, epochs: 2, batchSize: 2, learningRate: 1e-3, seed: 1, maximumTokens: 64, tooLong: 'refuse', reach: 'answers', beneath: 'none', passages: 0 };
const fresh = newRun({ id: 'run-aaaaaaaa', name: 'tax', workspace: 'pajak', startedBy: 'Ani', createdAt: '2026-01-01T00:00:00Z', settings, examples: { train: 8, heldOut: 2 } });
const step = (number: number, loss: number): RunEventBody =>
  ({ type: 'step-taken', step: number, epoch: 1, loss, learningRate: 1e-3, gradientNorm: 1, tokensPerSecond: 100, secondsLeft: 1, seconds: number });
const training = (from: number): RunEventBody => ({ type: 'run-training', step: from, steps: 8, epochs: 2, examples: 8, heldOut: 2, tooLong: null });

function after(bodies: readonly RunEventBody[], start: TrainingRunDetail = fresh): TrainingRunDetail {
  return bodies.reduce((run, body) => foldRun(run, { ...body, sequence: run.lastEvent + 1, at: `2026-01-01T00:00:0${Math.min(9, run.lastEvent)}Z` } as RunEvent), start);
}

describe('a run folded from its events', () => {
  it('follows a run from queue to end', () => {
    const checkpoint = { step: 4, epoch: 1, adapter: 'run-aaaaaaaa@4', loss: 1, heldOutLoss: 2, bytes: 10, createdAt: '' };
    const result = { n: 2, loss: 1.5, exactMatch: 0.5, equivalent: null };
    const run = after([
      { type: 'run-queued', position: 1, behind: { id: 'run-bbbbbbbb', name: 'first', startedBy: 'Budi' } },
      { type: 'run-preparing' }, training(0), step(1, 3), step(2, 2),
      { type: 'held-out-measured', step: 2, loss: 2.5, examples: 2 }, { type: 'checkpoint-written', checkpoint },
      { type: 'run-evaluating', done: 1, of: 2 }, { type: 'run-finished', adapter: 'tax', result },
    ]);
    expect(run).toMatchObject({ state: 'finished', queue: null, adapter: 'tax', result, checkpoints: 1, startedAt: '2026-01-01T00:00:01Z', endedAt: '2026-01-01T00:00:08Z', lastEvent: 9 });
    expect(run.progress).toMatchObject({ step: 2, steps: 8, loss: 2, heldOutLoss: 2.5, answered: { done: 1, of: 2 } });
    expect(run.losses).toEqual([{ step: 1, loss: 3 }, { step: 2, loss: 2 }]);
    expect(Object.keys(summaryOf(run))).not.toContain('losses');
  });

  it('forgets what was told of steps that are trained again', () => {
    const run = after([training(0), step(1, 3), step(2, 2), step(3, 1), training(1), step(2, 2.5)]);
    expect(run.losses).toEqual([{ step: 1, loss: 3 }, { step: 2, loss: 2.5 }]);
  });

  it('can be resumed wherever it was stopped, also between its last step and its adapter', () => {
    for (const reached of [1, 8]) expect(after([training(0), step(reached, 3), { type: 'run-paused' }, { type: 'run-stopped' }])).toMatchObject({ state: 'stopped', resumable: true });
  });

  it('takes an event once', () => {
    const run = after([training(0), step(1, 3)]);
    expect(foldRun(run, { ...step(1, 9), sequence: 2, at: '' } as RunEvent)).toBe(run);
  });

  it('keeps the curve of a long run short and its mean right', () => {
    const steps = 5 * LOSS_POINTS + 3;
    const run = after(Array.from({ length: steps }, (_, index) => step(index + 1, index + 1)));
    expect(run.losses.length).toBeLessThanOrEqual(LOSS_POINTS);
    expect(run.lossStride).toBe(8);
    expect(run.losses[0]).toEqual({ step: 8, loss: 4.5 });
    expect(run.losses.at(-1)!.step).toBe(steps);
    expect(run.losses.every((point, index) => index === 0 || point.step > run.losses[index - 1].step)).toBe(true);
  });
});
