'use client';
import { useState, type FormEvent, type RefCallback } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { ADAPTER_NAME, type AdapterView, type EpochLosses } from '@/lib/messages/adapters.ts';
import { Day } from '../day.tsx';
import { useFocusBack } from '../focus-back.ts';
import { Chevron } from '../glyphs.tsx';
import { useTexts } from '../language.tsx';
import { adapterFacts } from './adapter-facts.ts';
import { curve, frameOf } from './chart-geometry.ts';
import { AdapterNameField, ConfirmButton, Problem, SecondaryButton, TextButton } from './controls.tsx';
import { archiveAddress, putAdapterToUse, removeAdapter, renameAdapter, type Outcome } from './requests.ts';
import { useTrainingTexts } from './texts.ts';

interface AdapterRowProps {
  readonly adapter: AdapterView;
  readonly workspace: string;
  readonly picked: boolean;
  readonly onPick: () => void;
  /** Of the button that comes first. */
  readonly button: RefCallback<HTMLButtonElement>;
  /** The adapter is deleted; its row goes once they are listed anew. */
  readonly onLeave: () => void;
  /** Drawn in place of the row in which it was given its name. */
  readonly isRenamed: boolean;
  /** Told the new name, before the row of that name is there. */
  readonly onRenamed: (name: string) => void;
  readonly onChanged: () => void;
}

/** One adapter: how it did at a glance, its whole card when opened, and what can be done with it. */
export function AdapterRow({ adapter, workspace, picked, onPick, button, onLeave, isRenamed, onRenamed, onChanged }: AdapterRowProps) {
  const { format } = useTexts();
  const texts = useTrainingTexts().adapters;
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const renamer = useFocusBack(renaming !== null, busy, isRenamed);
  const { card } = adapter;
  const own = adapter.origin === 'own';
  const used = adapter.usedBy.includes(workspace);

  const send = async (work: Promise<Outcome<unknown>>, then?: () => void) => {
    setBusy(true);
    setProblem(null);
    const outcome = await work;
    setBusy(false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setRenaming(null);
    then?.();
    onChanged();
  };
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (renaming !== null && ADAPTER_NAME.test(renaming)) void send(renameAdapter(adapter.name, renaming), () => onRenamed(renaming));
  };

  return (
    <li data-arm="fine-tuned" className="border-b border-edge py-4">
      <div className="grid items-center gap-x-6 gap-y-2 sm:grid-cols-[minmax(0,1fr)_7rem_minmax(0,18rem)]">
        <div className="min-w-0">
          {renaming === null ? (
            <h3 className="text-xl font-bold tracking-tight break-words">{adapter.name}</h3>
          ) : (
            <form onSubmit={rename} className="flex flex-wrap items-end gap-2" onKeyDown={(event) => event.key === 'Escape' && setRenaming(null)}>
              <div className="max-w-64 grow">
                <AdapterNameField label={texts.newName} value={renaming} onChange={setRenaming} />
              </div>
              <SecondaryButton type="submit" disabled={busy || renaming === adapter.name || !ADAPTER_NAME.test(renaming)}>
                {texts.save}
              </SecondaryButton>
              <TextButton onClick={() => setRenaming(null)}>{texts.cancel}</TextButton>
            </form>
          )}
          <p className="text-sm text-soft text-pretty">
            {texts.origins[adapter.origin]}
            {card && card.examples !== null && <Day iso={card.createdAt} within={(day) => ` · ${texts.trainedOn(format.count(card.examples), day)}`} />}
            {adapter.usedBy.length > 0 && ` · ${texts.usedBy(adapter.usedBy.join(', '))}`}
          </p>
        </div>
        <Spark losses={card?.losses ?? []} />
        <dl className="grid grid-cols-3 gap-x-4 tabular-nums">
          {adapterFacts(adapter, texts, format).filter(({ id }) => id === 'exact' || id === 'held-out' || id === 'time').map((fact) => (
            <div key={fact.id}>
              <dt className="text-xs leading-tight text-soft">{fact.name}</dt>
              <dd className="font-semibold">{fact.value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {adapter.problem && (
        <div className="mt-2">
          <Problem problem={adapter.problem} />
        </div>
      )}
      <div className="mt-1 flex flex-wrap items-center gap-x-5 text-sm">
        {card && (
          <button ref={button} type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="flex min-h-11 items-center gap-2 font-medium hover:underline hover:underline-offset-4">
            <Chevron open={open} /> {texts.card}
          </button>
        )}
        {card && (
          <TextButton onClick={onPick}>
            {picked ? texts.comparePicked : texts.compare}
          </TextButton>
        )}
        {card && !used && (
          <TextButton disabled={busy} onClick={() => void send(putAdapterToUse(adapter.name, workspace))}>
            {texts.use(workspace)}
          </TextButton>
        )}
        {card && (
          <a href={archiveAddress(adapter.name)} download className="grid min-h-11 items-center px-1 font-medium underline decoration-edge underline-offset-4 hover:decoration-ink" title={texts.exportMeaning}>
            {texts.export}
          </a>
        )}
        {own && renaming === null && (
          <TextButton ref={renamer} disabled={busy} onClick={() => setRenaming(adapter.name)}>
            {texts.rename}
          </TextButton>
        )}
        {own && adapter.usedBy.length === 0 && (
          <ConfirmButton disabled={busy} question={texts.removeQuestion(adapter.name)} confirm={texts.removeYes} onConfirm={() => void send(removeAdapter(adapter.name), onLeave)}>
            {texts.remove}
          </ConfirmButton>
        )}
      </div>
      {problem && (
        <div className="mt-2">
          <Problem problem={problem} onClose={() => setProblem(null)} />
        </div>
      )}
      {open && (
        <dl className="mt-2 grid gap-x-10 tabular-nums sm:grid-cols-2 lg:grid-cols-3">
          {adapterFacts(adapter, texts, format).map((fact) => (
            <div key={fact.id} className="flex justify-between gap-4 border-b border-line py-1.5 text-[0.95rem]">
              <dt className="text-soft">{fact.name}</dt>
              <dd className={`text-right font-semibold break-all ${fact.whole ? 'font-mono text-[0.9em]' : ''}`} title={fact.whole}>
                {fact.value}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** The losses after each epoch, as small as a word. */
function Spark({ losses }: { losses: readonly EpochLosses[] }) {
  const taught = losses.map(({ step, train }) => ({ step, loss: train }));
  const heldOut = losses.flatMap(({ step, heldOut: loss }) => (loss === null ? [] : [{ step, loss }]));
  if (losses.length < 2) return <span className="max-sm:hidden" />;
  const frame = frameOf(losses.at(-1)!.step, [...taught, ...heldOut], 'linear');
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" className="h-9 w-28 overflow-visible max-sm:hidden" fill="none" strokeWidth="1.75" strokeLinejoin="round">
      <path d={curve(frame, taught)} className="stroke-soft" vectorEffect="non-scaling-stroke" />
      <path d={curve(frame, heldOut)} className="stroke-arm" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
