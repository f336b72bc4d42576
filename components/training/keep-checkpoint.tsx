'use client';
import { useState, type FormEvent } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { ADAPTER_NAME } from '@/lib/messages/adapters.ts';
import type { TrainingRunDetail } from '@/lib/messages/training.ts';
import { useFocusBack } from '../focus-back.ts';
import { useTexts } from '../language.tsx';
import { AdapterNameField, Problem, SecondaryButton, TextButton } from './controls.tsx';
import { keepCheckpoint, putAdapterToUse } from './requests.ts';
import { useTrainingTexts } from './texts.ts';

/** Makes an adapter of a checkpoint, and lets the workspace answer with it. */
export function KeepCheckpoint({ run, step, onKept }: { run: TrainingRunDetail; step: number; onKept: () => void }) {
  const { format } = useTexts();
  const texts = useTrainingTexts().keep;
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(`${run.name}-${step}`);
  const [kept, setKept] = useState<string | null>(null);
  const [inUse, setInUse] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const opener = useFocusBack(open);
  const usable = ADAPTER_NAME.test(name);

  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (!usable || busy) return;
    setBusy(true);
    setProblem(null);
    const outcome = await keepCheckpoint(run.id, step, name, false);
    setBusy(false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setKept(outcome.value.name);
    onKept();
  };
  const use = async () => {
    setBusy(true);
    setProblem(null);
    const outcome = await putAdapterToUse(kept!, run.workspace);
    setBusy(false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setInUse(true);
    onKept();
  };

  return (
    <div className="mt-3">
      {kept !== null ? (
        <p role="status" className="flex flex-wrap items-center gap-x-4">
          {inUse ? texts.inUse(kept, run.workspace) : texts.kept(kept)}
          {!inUse && <SecondaryButton disabled={busy} onClick={use}>{texts.use(run.workspace)}</SecondaryButton>}
        </p>
      ) : open ? (
        <form onSubmit={keep} className="flex flex-wrap items-end gap-x-3 gap-y-2">
          <div className="grow basis-48">
            <AdapterNameField label={texts.name} value={name} onChange={setName} />
          </div>
          <SecondaryButton type="submit" disabled={busy || !usable}>
            {texts.keep}
          </SecondaryButton>
          <TextButton onClick={() => setOpen(false)}>{texts.cancel}</TextButton>
        </form>
      ) : (
        <TextButton ref={opener} onClick={() => setOpen(true)}>{texts.open(format.count(step))}</TextButton>
      )}
      {problem && (
        <div className="mt-2">
          <Problem problem={problem} onClose={() => setProblem(null)} />
        </div>
      )}
    </div>
  );
}
