'use client';
import { useState } from 'react';
import type { HeldOutPoint, LossPoint } from '@/lib/messages/training.ts';
import { Chevron } from '../glyphs.tsx';
import { useTexts } from '../language.tsx';
import { latestAt } from './chart-geometry.ts';
import { useTrainingTexts } from './texts.ts';

const ROWS = 24;

/** The curve in figures: every held-out measurement and steps evenly between them. Built only when opened. */
export function ChartTable({ losses, heldOut }: { losses: readonly LossPoint[]; heldOut: readonly HeldOutPoint[] }) {
  const { format } = useTexts();
  const texts = useTrainingTexts().chart;
  const [open, setOpen] = useState(false);
  if (losses.length === 0) return null;
  return (
    <details className="mt-1 pl-[2.6rem] text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex min-h-9 w-fit cursor-pointer items-center gap-2 text-soft hover:text-ink">
        <Chevron open={open} /> {texts.asTable}
      </summary>
      {open && (
        <div tabIndex={0} role="region" aria-label={texts.asTable} className="mt-1 max-h-72 overflow-y-auto">
          <table className="w-full text-left tabular-nums">
            <thead className="sticky top-0 bg-paper text-soft">
              <tr>
                <th className="py-1 pr-4 font-medium">{texts.step}</th>
                <th className="py-1 pr-4 text-right font-medium">{texts.taught}</th>
                <th className="py-1 text-right font-medium">{texts.heldOut}</th>
              </tr>
            </thead>
            <tbody>
              {rowsOf(losses, heldOut).map(({ step, loss, held }) => (
                <tr key={step} className="border-t border-line">
                  <th scope="row" className="py-1 pr-4 font-normal">
                    {format.count(step)}
                  </th>
                  <td className="py-1 pr-4 text-right">{format.decimal(loss, 4)}</td>
                  <td className="py-1 text-right font-semibold">{held === null ? '' : format.decimal(held, 4)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

function rowsOf(losses: readonly LossPoint[], heldOut: readonly HeldOutPoint[]) {
  const every = Math.max(1, Math.ceil(losses.length / ROWS));
  const evenly = losses.filter((_, index) => index % every === 0 || index === losses.length - 1).map(({ step }) => step);
  const steps = [...new Set([...evenly, ...heldOut.map(({ step }) => step)])].sort((one, other) => one - other);
  return steps.map((step) => ({ step, loss: latestAt(losses, step)?.loss ?? null, held: heldOut.find((point) => point.step === step)?.loss ?? null }));
}
