/** Where the points of a loss curve lie: in percent of the plot, so that the browser stretches them and nothing is measured. */
import type { LossPoint } from '@/lib/messages/training.ts';

export type Scale = 'linear' | 'logarithmic';

export interface Frame {
  /** Steps from the left edge to the right one. */
  readonly steps: number;
  /** Losses at the bottom and at the top, in nats. */
  readonly least: number;
  readonly most: number;
  readonly scale: Scale;
}

/** Below this a logarithmic curve would only show noise. */
const LEAST_LOGARITHMIC = 0.001;

/** A frame that holds all points, its edges on round numbers. At least one step wide and 0.1 nats high. */
export function frameOf(steps: number, points: readonly LossPoint[], scale: Scale): Frame {
  const losses = points.map(({ loss }) => loss).filter(Number.isFinite);
  const highest = Math.max(0.1, ...losses);
  if (scale === 'logarithmic') {
    const lowest = Math.max(LEAST_LOGARITHMIC, Math.min(highest, ...losses));
    const least = 10 ** Math.floor(Math.log10(lowest));
    return { steps: Math.max(1, steps), least, most: Math.max(10 * least, niceAbove(highest)), scale };
  }
  return { steps: Math.max(1, steps), least: 0, most: niceAbove(highest), scale };
}

/** The smallest of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below the value. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10) * power;
}

/** 0 at the left edge, 100 at the right one. */
export const across = ({ steps }: Frame, step: number): number => (100 * Math.min(steps, Math.max(0, step))) / steps;

/** 0 at the top, 100 at the bottom; what lies outside is held at the edge. */
export function down({ least, most, scale }: Frame, loss: number): number {
  const share = scale === 'linear' ? (loss - least) / (most - least) : Math.log(Math.max(loss, least) / least) / Math.log(most / least);
  return 100 * (1 - Math.min(1, Math.max(0, share)));
}

/** Values for the lines across: round ones, four to six of them on a linear scale, powers of ten on a logarithmic one. */
export function ticks({ least, most, scale }: Frame): number[] {
  if (scale === 'logarithmic') {
    const first = Math.round(Math.log10(least));
    return Array.from({ length: Math.floor(Math.log10(most) + 1e-9) - first + 1 }, (_, index) => 10 ** (first + index));
  }
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const between = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  return Array.from({ length: Math.floor(most / between + 1e-9) + 1 }, (_, index) => index * between);
}

/** An SVG path through the points, two decimals of a percent each. */
export function curve(frame: Frame, points: readonly LossPoint[]): string {
  return points.map(({ step, loss }, index) => `${index === 0 ? 'M' : 'L'}${across(frame, step).toFixed(2)} ${down(frame, loss).toFixed(2)}`).join('');
}

/** Each point with the mean of itself and the points before it, `window` at most. */
export function movingMean(points: readonly LossPoint[], window: number): LossPoint[] {
  let sum = 0;
  return points.map(({ step, loss }, index) => {
    sum += loss;
    if (index >= window) sum -= points[index - window].loss;
    return { step, loss: sum / Math.min(index + 1, window) };
  });
}

/** The point whose step is nearest; `null` of none. Points are in the order of their steps. */
export function nearest<Point extends { readonly step: number }>(points: readonly Point[], step: number): Point | null {
  let best: Point | null = null;
  for (const point of points) if (best === null || Math.abs(point.step - step) < Math.abs(best.step - step)) best = point;
  return best;
}

/** The last point at or before a step: what was known by then. */
export function latestAt<Point extends { readonly step: number }>(points: readonly Point[], step: number): Point | null {
  return points.findLast((point) => point.step <= step) ?? null;
}
