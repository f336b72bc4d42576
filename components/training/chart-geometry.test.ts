import { describe, expect, it } from 'vitest';
import { across, curve, down, frameOf, latestAt, movingMean, nearest, ticks } from './chart-geometry.ts';

const points = [
  { step: 1, loss: 3.2 },
  { step: 2, loss: 1.1 },
  { step: 4, loss: 0.4 },
];

describe('the frame of a curve', () => {
  it('ends on round numbers above the highest loss', () => {
    expect(frameOf(8, points, 'linear')).toEqual({ steps: 8, least: 0, most: 4, scale: 'linear' });
    expect(frameOf(8, points, 'logarithmic')).toEqual({ steps: 8, least: 0.1, most: 4, scale: 'logarithmic' });
  });
  it('stands without points, with one, and with a loss that is not a number', () => {
    expect(frameOf(0, [], 'linear')).toEqual({ steps: 1, least: 0, most: 0.1, scale: 'linear' });
    expect(frameOf(0, [{ step: 0, loss: Number.NaN }], 'logarithmic').most).toBeGreaterThan(0);
    expect(frameOf(3, [{ step: 1, loss: 0.00001 }], 'logarithmic').least).toBe(0.001);
  });
});

describe('places in the plot', () => {
  const frame = frameOf(8, points, 'linear');
  it('go from left to right and from top to bottom, held at the edges', () => {
    expect([across(frame, 0), across(frame, 4), across(frame, 8), across(frame, 9)]).toEqual([0, 50, 100, 100]);
    expect([down(frame, 4), down(frame, 1), down(frame, 0), down(frame, 5)]).toEqual([0, 75, 100, 0]);
  });
  it('are even in powers of ten on a logarithmic scale', () => {
    const logarithmic = { steps: 8, least: 0.01, most: 1, scale: 'logarithmic' } as const;
    expect(down(logarithmic, 0.1)).toBeCloseTo(50, 10);
    expect(down(logarithmic, 0)).toBe(100);
    expect(ticks(logarithmic)).toEqual([0.01, 0.1, 1]);
  });
  it('are joined by a path', () => expect(curve(frame, points)).toBe('M12.50 20.00L25.00 72.50L50.00 90.00'));
  it('have round lines across', () => {
    expect(ticks(frame)).toEqual([0, 1, 2, 3, 4]);
    expect(ticks({ steps: 1, least: 0, most: 0.15, scale: 'linear' }).map((tick) => tick.toFixed(2))).toEqual(['0.00', '0.05', '0.10', '0.15']);
  });
});

it('a moving mean looks back only as far as its window', () => {
  expect(movingMean(points, 2).map(({ loss }) => loss.toFixed(3))).toEqual(['3.200', '2.150', '0.750']);
  expect(movingMean(points, 1).map(({ loss }) => loss.toFixed(3))).toEqual(['3.200', '1.100', '0.400']);
});

it('points are found by their step', () => {
  expect(nearest(points, 3.4)?.step).toBe(4);
  expect(nearest(points, -1)?.step).toBe(1);
  expect(nearest([], 3)).toBeNull();
  expect(latestAt(points, 3)?.step).toBe(2);
  expect(latestAt(points, 0)).toBeNull();
});
