'use client';
import { useId, useState, type FormEvent } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { ADAPTER_NAME } from '@/lib/messages/adapters.ts';
import type { TrainingRunDetail } from '@/lib/messages/training.ts';
import { useTexts } from '../language.tsx';
import { FIELD, Problem, SecondaryButton, TextButton } from './controls.tsx';
import { keepCheckpoint, putAdapterToUse } from './requests.ts';
import { useTrainingTexts } from './texts.ts';

/** Makes an adapter of a checkpoint, and lets the workspace answer with it. */
export function KeepCheckpoint({ run, step, onKept }: { run: TrainingRunDetail; step: number; onKept: () => void }) {
  const { format } = useTexts();
  const texts = useTrainingTexts().keep;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(`${run.name}-${step}`);
  const [kept, setKept] = useState<string | null>(null);
  const [inUse, setInUse] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const usable = ADAPTER_NAME.test(name);

  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (!usable) return;
    setProblem(null);
    const outcome = await keepCheckpoint(run.id, step, name, false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setKept(outcome.value.name);
    onKept();
  };
  const use = async () => {
    setProblem(null);
    const outcome = await putAdapterToUse(kept!, run.workspace);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setInUse(true);
    onKept();
  };

  return (
    <div className="mt-3">
      {kept !== null ? (
        <p role="status" className="flex flex-wrap items-center gap-x-4">
          {inUse ? texts.inUse(kept, run.workspace) : texts.kept(kept)}
          {!inUse && <SecondaryButton onClick={use}>{texts.use(run.workspace)}</SecondaryButton>}
        </p>
      ) : open ? (
        <form onSubmit={keep} className="flex flex-wrap items-end gap-x-3 gap-y-2">
          <div className="grow basis-48">
            <label htmlFor={id} className="text-sm text-soft">
              {texts.name}
            </label>
            <input id={id} autoFocus value={name} maxLength={64} spellCheck={false} autoComplete="off" aria-invalid={!usable} onChange={(event) => setName(event.target.value)} className={FIELD} />
          </div>
          <SecondaryButton type="submit" disabled={!usable}>
            {texts.keep}
          </SecondaryButton>
          <TextButton onClick={() => setOpen(false)}>{texts.cancel}</TextButton>
        </form>
      ) : (
        <TextButton onClick={() => setOpen(true)}>{texts.open(format.count(step))}</TextButton>
      )}
      {problem && (
        <div className="mt-2">
          <Problem problem={problem} onClose={() => setProblem(null)} />
        </div>
      )}
    </div>
  );
}
