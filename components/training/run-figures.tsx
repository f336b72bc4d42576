'use client';
import type { ReactNode } from 'react';
import type { AskingCost, TrainingRunDetail } from '@/lib/messages/training.ts';
import { isWorking } from '@/lib/messages/training.ts';
import { Day } from '../day.tsx';
import { DASH } from '../format.ts';
import { useTexts } from '../language.tsx';
import { useTrainingTexts } from './texts.ts';

/** Where a run is: four figures that keep their places while they change. */
export function RunFigures({ run }: { run: TrainingRunDetail }) {
  const { texts, format } = useTexts();
  const own = useTrainingTexts().run;
  const { step, steps, epoch, epochs, tokensPerSecond, secondsLeft, seconds, loss, heldOutLoss } = run.progress;
  const working = isWorking(run.state);
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 tabular-nums sm:grid-cols-4">
      <Figure name={own.step} value={steps === 0 ? DASH : own.of(format.count(step), format.count(steps))} note={steps === 0 ? '' : own.epochOf(epoch, epochs)} />
      <Figure name={working ? own.left : own.took} value={clock(working ? secondsLeft : seconds || null)} note={working ? own.soFar(clock(seconds)) : ''} />
      <Figure name={texts.meters.tokensPerSecond} value={format.count(tokensPerSecond)} note="" />
      <Figure name={own.heldOutLoss} value={format.decimal(heldOutLoss, 3)} note={loss === null ? '' : own.taughtLoss(format.decimal(loss, 3))} />
    </dl>
  );
}

/** As a clock shows it, `1:42`: steady while it counts. */
const clock = (seconds: number | null): string => {
  if (seconds === null) return DASH;
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  return whole < 3600 ? `${Math.floor(whole / 60)}:${two(whole % 60)}` : `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
};

function Figure({ name, value, note }: { name: string; value: ReactNode; note?: string }) {
  return (
    <div>
      <dt className="text-sm leading-tight text-soft">{name}</dt>
      <dd className="mt-0.5 text-[1.05rem] font-semibold leading-tight">{value}</dd>
      {note !== undefined && <dd className="min-h-[1lh] text-xs text-soft">{note}</dd>}
    </div>
  );
}

/** What asking costs while a training has the processor, and where the figures come from. */
export function AskingCostNote({ cost }: { cost: AskingCost | null }) {
  const { format } = useTexts();
  const texts = useTrainingTexts().run;
  if (cost === null) return <p className="text-sm text-soft">{texts.costUnknown}</p>;
  return (
    <p className="text-sm text-soft text-pretty tabular-nums">
      {texts.cost(format.duration(cost.answerMsAlone), format.duration(cost.answerMsDuringTraining))}{' '}
      <span title={cost.command}>
        <Day iso={cost.measuredAt} within={(day) => texts.costSource(cost.questions, day, cost.machine)} />
      </span>
    </p>
  );
}
