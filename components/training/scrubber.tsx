'use client';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { TrainingCheckpoint } from '@/lib/messages/training.ts';
import { useTexts } from '../language.tsx';
import { nearest } from './chart-geometry.ts';
import { useTrainingTexts } from './texts.ts';

interface ScrubberProps {
  readonly label: string;
  readonly checkpoints: readonly TrainingCheckpoint[];
  readonly steps: number;
  /** 0: before the first lesson. */
  readonly step: number;
  readonly onStep: (step: number) => void;
  /** Drawn hollow: the one that is compared with. */
  readonly second?: boolean;
}

/** A track below the curve, on its scale: a tick for every checkpoint, and a knob that stands on one of them. */
export function Scrubber({ label, checkpoints, steps, step, onStep, second }: ScrubberProps) {
  const { format } = useTexts();
  const texts = useTrainingTexts().scrub;
  const track = useRef<HTMLDivElement>(null);
  const stops = [{ step: 0, heldOutLoss: null as number | null }, ...checkpoints];
  const index = Math.max(0, stops.findIndex((stop) => stop.step === step));
  const left = (at: number) => `${steps > 0 ? (100 * Math.min(at, steps)) / steps : 0}%`;
  const valueText = step === 0 ? texts.untaught : texts.value(format.count(step), stops[index].heldOutLoss == null ? null : format.decimal(stops[index].heldOutLoss, 3));

  const onKeyDown = (event: KeyboardEvent) => {
    const far = Math.max(1, Math.round(stops.length / 5));
    const to = { ArrowLeft: index - 1, ArrowDown: index - 1, ArrowRight: index + 1, ArrowUp: index + 1, PageDown: index - far, PageUp: index + far, Home: 0, End: stops.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onStep(stops[Math.min(stops.length - 1, Math.max(0, to))].step);
  };
  const follow = (event: PointerEvent) => {
    if (event.buttons !== 1 || track.current === null) return;
    const box = track.current.getBoundingClientRect();
    const stop = nearest(stops, ((event.clientX - box.left) / box.width) * steps);
    if (stop && stop.step !== step) onStep(stop.step);
  };

  return (
    <div className="grid grid-cols-[2.6rem_minmax(0,1fr)] items-center">
      <span />
      <div
        ref={track}
        className="relative h-11 cursor-pointer touch-none"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={follow}
      >
        <span aria-hidden="true" className="absolute inset-x-0 top-1/2 h-px bg-edge" />
        {stops.map((stop) => (
          <span key={stop.step} aria-hidden="true" className="absolute top-1/2 h-3 w-px -translate-y-1/2 bg-edge" style={{ left: left(stop.step) }} />
        ))}
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={stops.at(-1)!.step}
          aria-valuenow={step}
          aria-valuetext={valueText}
          onKeyDown={onKeyDown}
          className={`absolute top-1/2 size-6 -translate-x-1/2 -translate-y-1/2 rounded-full border-[2.5px] border-arm focus-visible:rounded-full ${second ? 'bg-paper' : 'bg-arm'}`}
          style={{ left: left(step) }}
        />
      </div>
    </div>
  );
}
