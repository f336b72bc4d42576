'use client';
import Link from 'next/link';
import { useEffect, useId, useRef, useState } from 'react';
import type { AdapterView } from '@/lib/messages/adapters.ts';
import { checkpointName, RUN_ID, type TrainingCheckpoint, type TrainingRunSummary } from '@/lib/messages/training.ts';
import { TEACHING_TEXTS } from './dictionary/teaching.ts';
import { Chevron } from './glyphs.tsx';
import { LabelledRange } from './labelled-range.tsx';
import { useTexts } from './language.tsx';
import { StrengthSlider } from './strength-slider.tsx';
import { listAdapters, readOverview, readRun } from './training/requests.ts';
import { addressWith } from './workspaces/choose.ts';
import { useShownWorkspace } from './workspaces/shown-workspace.tsx';

/** How a taught arm's answer is varied. Absent: the workspace's own adapter, at full strength. */
export interface Teaching {
  /** An adapter, or a checkpoint of a training. */
  readonly adapter?: string;
  readonly strength?: number;
}

export const AS_TAUGHT: Teaching = {};

interface TeachingControlsProps {
  readonly teaching: Teaching;
  readonly onTeaching: (teaching: Teaching) => void;
  /** Name of the workspace's own adapter, when it is known. */
  readonly own: string | null;
}

/** The strength slider, and behind a press the choice of another adapter or of any step of a training. */
export function TeachingControls({ teaching, onTeaching, own }: TeachingControlsProps) {
  const { language } = useTexts();
  const texts = TEACHING_TEXTS[language];
  const workspace = useShownWorkspace();
  const [open, setOpen] = useState(false);
  const [adapters, setAdapters] = useState<readonly AdapterView[] | null>(null);
  const [runs, setRuns] = useState<readonly TrainingRunSummary[]>([]);
  const [checkpoints, setCheckpoints] = useState<readonly TrainingCheckpoint[]>([]);
  const id = useId();
  const [chosen] = (teaching.adapter ?? '').split('@');
  const { adapter, strength = 1 } = teaching;
  // A training is read before a step of it is chosen; what was moved or chosen meanwhile goes before.
  const latest = useRef(teaching);
  useEffect(() => {
    latest.current = teaching;
  });
  const choices = useRef(0);

  const look = async () => {
    setOpen(!open);
    if (open) return;
    const [known, overview] = await Promise.all([listAdapters(), readOverview()]);
    setAdapters('value' in known ? known.value.adapters.filter(({ card }) => card !== null) : []);
    setRuns('value' in overview ? overview.value.runs.filter((run) => run.checkpoints > 0) : []);
  };
  const vary = (change: Teaching) => {
    const { adapter: next, strength: force } = { ...latest.current, ...change };
    onTeaching({ ...(next !== undefined && { adapter: next }), ...(force !== undefined && force !== 1 && { strength: force }) });
  };
  const asTaught = () => {
    choices.current += 1;
    onTeaching(AS_TAUGHT);
  };
  const choose = async (value: string) => {
    const choice = ++choices.current;
    if (!RUN_ID.test(value)) return vary({ adapter: value === '' ? undefined : value });
    const run = await readRun(value);
    if (choice !== choices.current) return;
    const list = 'value' in run ? run.value.checkpointList : [];
    setCheckpoints(list);
    if (list.length > 0) vary({ adapter: list.at(-1)!.adapter });
  };

  return (
    <section className="border-b border-line py-4">
      <StrengthSlider value={strength} onChange={(value) => vary({ strength: value })} />
      <div className="flex flex-wrap items-center gap-x-5 text-sm">
        <button type="button" aria-expanded={open} aria-controls={`${id}-other`} onClick={look} className="flex min-h-10 items-center gap-2 font-medium hover:underline hover:underline-offset-4">
          <Chevron open={open} /> {texts.another}
        </button>
        <Link href={addressWith('/training', workspace)} prefetch={false} className="ml-auto flex min-h-10 items-center underline decoration-edge underline-offset-4 hover:decoration-ink">
          {texts.teach}
        </Link>
      </div>
      {open && (
        <div id={`${id}-other`} className="mt-1 grid gap-y-2">
          {adapters === null ? (
            <p className="text-sm text-soft">{texts.loading}</p>
          ) : (
            <label className="text-sm text-soft">
              {texts.adapter}
              <select value={chosen} onChange={(event) => void choose(event.target.value)} className="mt-0.5 block min-h-11 w-full border border-edge bg-paper px-2 text-base text-ink">
                <option value="">{texts.own(own)}</option>
                <optgroup label={texts.adapters}>
                  {adapters.map(({ name }) => (
                    <option key={name}>{name}</option>
                  ))}
                </optgroup>
                {runs.length > 0 && (
                  <optgroup label={texts.runs}>
                    {runs.map((run) => (
                      <option key={run.id} value={run.id}>
                        {run.name}
                      </option>
                    ))}
                  </optgroup>
                )}
              </select>
            </label>
          )}
          {RUN_ID.test(chosen) && checkpoints.length > 0 && <StepSlider run={chosen} checkpoints={checkpoints} adapter={adapter!} onAdapter={(name) => vary({ adapter: name })} />}
        </div>
      )}
      {(adapter !== undefined || strength !== 1) && (
        <p className="mt-1 flex flex-wrap items-center gap-x-4 text-sm text-soft">
          {texts.notMeasured}
          <button type="button" onClick={asTaught} className="min-h-10 font-medium text-ink underline decoration-edge underline-offset-4 hover:decoration-ink">
            {texts.asTaught}
          </button>
        </p>
      )}
    </section>
  );
}

interface StepSliderProps {
  readonly run: string;
  readonly checkpoints: readonly TrainingCheckpoint[];
  readonly adapter: string;
  readonly onAdapter: (name: string) => void;
}

/** The checkpoints of one training, from the first to the last. */
function StepSlider({ run, checkpoints, adapter, onAdapter }: StepSliderProps) {
  const { language, format } = useTexts();
  const texts = TEACHING_TEXTS[language];
  const at = Math.max(0, checkpoints.findIndex((checkpoint) => checkpoint.adapter === adapter));
  const shown = texts.atStep(format.count(checkpoints[at].step));
  return (
    <LabelledRange
      label={texts.step}
      shown={shown}
      min={0}
      max={checkpoints.length - 1}
      value={at}
      aria-valuetext={shown}
      onChange={(event) => onAdapter(checkpointName(run, checkpoints[Number(event.target.value)].step))}
    />
  );
}
