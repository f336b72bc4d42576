'use client';
import { useId, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { HeldOutPoint, LossPoint, TrainingCheckpoint } from '@/lib/messages/training.ts';
import { useTexts } from '../language.tsx';
import { across, curve, down, frameOf, latestAt, movingMean, nearest, ticks, type Frame, type Scale } from './chart-geometry.ts';
import { ChartTable } from './chart-table.tsx';
import { useTrainingTexts } from './texts.ts';

interface LossChartProps {
  readonly losses: readonly LossPoint[];
  readonly heldOut: readonly HeldOutPoint[];
  readonly checkpoints: readonly TrainingCheckpoint[];
  /** Of the whole run, so that the empty paper to the right is what is still to come. */
  readonly steps: number;
  readonly epochs: number;
  /** Draws the pen at the end of the curve. */
  readonly writing: boolean;
  /** Steps whose answers are shown; the first is the one that a touch on the plot moves. */
  readonly chosen: readonly number[];
  readonly onChoose: (step: number) => void;
  /** What stands below the plot on its scale. */
  readonly children?: ReactNode;
}

/** The losses of a run over its steps: what was taught, and what was kept out. Read with the mouse, the arrow keys or as a table. */
export function LossChart({ losses, heldOut, checkpoints, steps, epochs, writing, chosen, onChoose, children }: LossChartProps) {
  const { format } = useTexts();
  const texts = useTrainingTexts().chart;
  const [scale, setScale] = useState<Scale>('linear');
  const [read, setRead] = useState<number | null>(null);
  const id = useId();
  const window = Math.max(1, Math.round(losses.length / 40));
  const means = movingMean(losses, window);
  const frame = frameOf(steps, [...(window > 1 ? means : losses), ...heldOut], scale);
  const lowest = heldOut.reduce<HeldOutPoint | null>((best, point) => (best === null || point.loss < best.loss ? point : best), null);
  const last = means.at(-1);
  const lines = ticks(frame);

  const point = read === null ? null : nearest(means, read);
  const readHeldOut = point && latestAt(heldOut, point.step);
  const readOut = point && texts.at(format.count(point.step), format.decimal(point.loss, 3), readHeldOut ? format.decimal(readHeldOut.loss, 3) : null);
  const summary = texts.description(format.count(last?.step ?? 0), format.count(steps), last ? format.decimal(last.loss, 3) : null, lowest ? { loss: format.decimal(lowest.loss, 3), step: format.count(lowest.step) } : null);

  const stepUnder = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return ((event.clientX - left) / width) * frame.steps;
  };
  const choose = (event: PointerEvent<HTMLElement>) => {
    const checkpoint = nearest([{ step: 0 }, ...checkpoints], stepUnder(event));
    if (checkpoint) onChoose(checkpoint.step);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = point ? means.indexOf(point) : means.length - 1;
    const far = Math.max(1, Math.round(means.length / 10));
    const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - far, PageUp: at + far, Home: 0, End: means.length - 1 }[event.key];
    if (event.key === 'Escape') setRead(null);
    if (to === undefined || means.length === 0) return;
    event.preventDefault();
    setRead(means[Math.min(means.length - 1, Math.max(0, to))].step);
  };

  return (
    <figure aria-labelledby={`${id}-title`}>
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-5 gap-y-1 text-sm">
        <span id={`${id}-title`} className="sr-only">
          {texts.title}
        </span>
        <span className="inline-flex items-center gap-2 text-soft">
          <Dash className="text-soft" /> {texts.taught} {window > 1 && <span>{texts.mean(window)}</span>}
        </span>
        <span className="inline-flex items-center gap-2 font-semibold text-arm">
          <Dash className="text-arm" dots /> {texts.heldOut}
        </span>
        <span role="group" aria-label={texts.scale} className="ml-auto flex gap-3">
          {(['linear', 'logarithmic'] as const).map((choice) => (
            <button key={choice} type="button" aria-pressed={scale === choice} onClick={() => setScale(choice)} className="min-h-8 text-soft underline-offset-4 hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:underline">
              {texts.scales[choice]}
            </button>
          ))}
        </span>
      </figcaption>
      {/* The values on the left and the plot on the right; the scrubber below stands on the same two columns. */}
      <div className="mt-2 grid grid-cols-[2.6rem_minmax(0,1fr)]">
        <div aria-hidden="true" className="relative text-right text-xs text-soft tabular-nums">
          {lines.map((tick) => (
            <span key={tick} className="absolute right-2 -translate-y-1/2" style={{ top: `${down(frame, tick)}%` }}>
              {format.decimal(tick, digitsOf(scale === 'linear' ? lines[1] : tick))}
            </span>
          ))}
        </div>
        <div className="relative h-56 border-b border-l border-edge sm:h-72">
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-labelledby={`${id}-svg`} aria-describedby={`${id}-description`} className="absolute inset-0 size-full overflow-visible" fill="none">
            <title id={`${id}-svg`}>{texts.title}</title>
            <desc id={`${id}-description`}>{summary}</desc>
            <Lines frame={frame} epochs={epochs} />
            {window > 1 && <path d={curve(frame, losses)} className="stroke-line" strokeWidth="1" vectorEffect="non-scaling-stroke" />}
            <path d={curve(frame, means)} className="stroke-soft" strokeWidth="1.75" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
            <path d={curve(frame, heldOut)} className="stroke-arm" strokeWidth="2.5" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
            {/* A line of no length with round ends is a dot that stretching leaves round. */}
            <path d={heldOut.map((held) => `M${across(frame, held.step).toFixed(2)} ${down(frame, held.loss).toFixed(2)}h0`).join('')} className="stroke-arm" strokeWidth="7" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
            {chosen.map((step, index) => (
              <path key={index} d={`M${across(frame, step)} 0V100`} className="stroke-arm" strokeWidth="1.5" strokeDasharray={index === 0 ? undefined : '4 4'} vectorEffect="non-scaling-stroke" />
            ))}
            {point && <path d={`M${across(frame, point.step)} 0V100`} className="stroke-ink" strokeWidth="1" vectorEffect="non-scaling-stroke" />}
          </svg>
          {lowest && heldOut.length > 2 && (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute size-4 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-arm"
              style={{ left: `${across(frame, lowest.step)}%`, top: `${down(frame, lowest.loss)}%` }}
            />
          )}
          {writing && <span aria-hidden="true" data-arm="fine-tuned" className="pen pointer-events-none absolute -translate-y-full" style={{ left: `${across(frame, last?.step ?? 0)}%`, top: `${down(frame, last?.loss ?? frame.most)}%` }} />}
          {last === undefined && <p className="pointer-events-none absolute inset-0 grid place-items-center px-6 text-center font-text text-lg italic text-soft">{texts.nothing}</p>}
          {/* Over the drawing and not around it: what lies within a slider is not told to a screen reader. */}
          <div
            role="slider"
            tabIndex={0}
            aria-label={texts.cursor}
            aria-valuemin={1}
            aria-valuemax={Math.max(1, last?.step ?? 1)}
            aria-valuenow={point?.step ?? last?.step ?? 1}
            aria-valuetext={readOut ?? (last ? texts.at(format.count(last.step), format.decimal(last.loss, 3), null) : texts.nothing)}
            onKeyDown={onKeyDown}
            onBlur={() => setRead(null)}
            onPointerMove={(event) => {
              setRead(stepUnder(event));
              if (event.buttons === 1) choose(event);
            }}
            onPointerDown={choose}
            onPointerLeave={() => setRead(null)}
            className="absolute inset-0 cursor-crosshair touch-pan-y"
          />
        </div>
        <span />
        <EpochNames epochs={epochs} />
      </div>
      {children}
      <p className="mt-1 min-h-[2lh] pl-[2.6rem] text-sm text-soft tabular-nums sm:min-h-[1lh]">{readOut ?? summary}</p>
      <ChartTable losses={means} heldOut={heldOut} />
    </figure>
  );
}

/** How many decimals a round value needs, three at most. */
const digitsOf = (value: number): number => [0, 1, 2].find((digits) => Number.isInteger(Math.round(value * 1e6) / 1e6 * 10 ** digits)) ?? 3;

/** Lines across at round losses, lines down where epochs end. */
function Lines({ frame, epochs }: { frame: Frame; epochs: number }) {
  const ends = epochs <= 20 ? Array.from({ length: Math.max(0, epochs - 1) }, (_, index) => (100 * (index + 1)) / epochs) : [];
  return (
    <>
      <path d={ticks(frame).map((tick) => `M0 ${down(frame, tick).toFixed(2)}H100`).join('')} className="stroke-line" strokeWidth="1" vectorEffect="non-scaling-stroke" />
      <path d={ends.map((end) => `M${end.toFixed(2)} 0V100`).join('')} className="stroke-line" strokeWidth="1" strokeDasharray="1 4" vectorEffect="non-scaling-stroke" />
    </>
  );
}

function EpochNames({ epochs }: { epochs: number }) {
  const { chart } = useTrainingTexts();
  if (epochs < 1 || epochs > 20) return <span />;
  return (
    <div aria-hidden="true" className="grid pt-1 text-xs text-soft" style={{ gridTemplateColumns: `repeat(${epochs}, minmax(0, 1fr))` }}>
      {Array.from({ length: epochs }, (_, index) => (
        <span key={index} className="truncate text-center">
          {epochs <= 6 && <span className="max-sm:hidden">{chart.epoch} </span>}
          {index + 1}
        </span>
      ))}
    </div>
  );
}

function Dash({ className, dots }: { className: string; dots?: boolean }) {
  return (
    <svg viewBox="0 0 24 8" aria-hidden="true" className={`h-2 w-6 ${className}`} stroke="currentColor" strokeWidth={dots ? 2.5 : 1.75}>
      <path d="M0 4h24" />
      {dots && <circle cx="12" cy="4" r="3.2" fill="currentColor" stroke="none" />}
    </svg>
  );
}
