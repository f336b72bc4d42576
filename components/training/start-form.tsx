'use client';
import { useEffect, useId, useState, type FormEvent } from 'react';
import type { AnswerProblem, Language } from '@/lib/answer/events.ts';
import { ADAPTER_NAME, type AdapterView } from '@/lib/messages/adapters.ts';
import { hasEnded, type TrainingOverview, type TrainingRunSummary } from '@/lib/messages/training.ts';
import { Chevron } from '../glyphs.tsx';
import { useTexts } from '../language.tsx';
import { useChooseWorkspace } from '../workspaces/choose.ts';
import type { WorkspaceName } from '../workspaces/workspace-chooser.tsx';
import { PrimaryButton, Problem } from './controls.tsx';
import { estimate, measuredAdapters, roughly, shownBeside, type MeasuredTraining } from './estimate.ts';
import { startRun } from './requests.ts';
import { SettingsForm } from './settings-form.tsx';
import { settingsToSend, type Draft } from './settings.ts';
import { useTrainingTexts } from './texts.ts';

interface StartFormProps {
  readonly overview: TrainingOverview;
  readonly workspaces: readonly WorkspaceName[];
  readonly workspace: string;
  readonly counts: { readonly train: number; readonly heldOut: number } | null;
  readonly adapters: readonly AdapterView[];
  readonly underWay: MeasuredTraining | null;
  readonly onStarted: (run: TrainingRunSummary) => void;
}

const PERSON = 'training-person';
/** Bare, on the line of the sentence; the underline says that it can be changed. */
const IN_SENTENCE = 'min-h-11 max-w-full [field-sizing:content] border-b-2 border-edge bg-paper px-1 font-text italic hover:border-ink focus-visible:outline-offset-1';

/** One sentence that says what will be taught and under which name; the settings behind it are plain defaults. */
export function StartForm({ overview, workspaces, workspace, counts, adapters, underWay, onStarted }: StartFormProps) {
  const { language, format } = useTexts();
  const texts = useTrainingTexts().start;
  const choose = useChooseWorkspace();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [draft, setDraft] = useState<Draft>({});
  const [person, setPerson] = useState('');
  // After the first frame, which the server draws without knowing.
  useEffect(() => setPerson(localStorage.getItem(PERSON) ?? ''), []);
  const [open, setOpen] = useState(false);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const name = typed ?? freeName(workspace, adapters, overview.runs);
  const taken = adapters.find((adapter) => adapter.name === name && adapter.origin === 'own');
  const [settings, errors] = settingsToSend(overview.settings, draft);
  const value = (key: 'epochs' | 'layers' | 'passages' | 'reach') => settings[key] ?? overview.settings.find((definition) => definition.key === key)?.default;
  const planned = counts && { examples: counts.train, shown: shownBeside(counts.train, Number(value('passages'))), epochs: Number(value('epochs')), layers: Number(value('layers')), reach: String(value('reach')) };
  const expected = planned && estimate(planned, [...(underWay ? [underWay] : []), ...measuredAdapters(adapters)]);
  const ahead = overview.runs.filter(({ state }) => !hasEnded(state) && state !== 'paused');
  const first = ahead.at(-1);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (starting) return;
    if (errors.size > 0) return setOpen(true);
    setStarting(true);
    setProblem(null);
    localStorage.setItem(PERSON, person.trim());
    const outcome = await startRun({ name, workspace, settings, ...(person.trim() && { startedBy: person.trim() }), ...(taken && { replace: true }) });
    setStarting(false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setTyped(null);
    onStarted(outcome.value);
  };

  return (
    <form onSubmit={submit} noValidate aria-label={texts.title} className="bg-paper shadow-[0_1px_0_var(--edge),0_14px_32px_-22px_var(--shade)]">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 px-5 pb-1 pt-4 font-text text-[1.3rem] leading-snug sm:px-7 sm:text-[1.65rem]">
        <span>{texts.teach(counts === null ? '…' : format.count(counts.train))}</span>
        <select aria-label={texts.workspace} value={workspace} onChange={(event) => choose(event.target.value, '/training')} className={IN_SENTENCE}>
          {!workspaces.some((one) => one.name === workspace) && <option value={workspace}>{workspace}</option>}
          {workspaces.map((one) => (
            <option key={one.name} value={one.name}>
              {one.title[language]}
            </option>
          ))}
        </select>
        <span>{texts.keepAs}</span>
        <input
          aria-label={texts.name}
          aria-invalid={!ADAPTER_NAME.test(name)}
          aria-describedby={`${id}-name`}
          value={name}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={64}
          spellCheck={false}
          autoComplete="off"
          className={`${IN_SENTENCE} min-w-[6ch]`}
        />
      </p>
      <p id={`${id}-name`} className="min-h-[1lh] px-5 text-sm text-warning sm:px-7">
        {!ADAPTER_NAME.test(name) ? texts.nameRule : taken ? texts.replaces(name) : ''}
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 px-5 pb-4 pt-1 sm:px-7">
        <p className="mr-auto basis-64 grow text-sm text-soft tabular-nums">
          {expected ? texts.estimate(inWords(expected.seconds, language), expected.from.name, format.count(expected.from.tokensPerSecond)) : texts.noEstimate}
          {first && <span className="block font-medium text-ink">{texts.queues(first.startedBy, first.name)}</span>}
        </p>
        <button type="button" aria-expanded={open} aria-controls={`${id}-settings`} onClick={() => setOpen(!open)} className="flex min-h-11 items-center gap-2 font-medium hover:underline hover:underline-offset-4">
          <Chevron open={open} /> {texts.settings}
          {Object.keys(settings).length > 0 && <span className="text-sm font-normal text-soft">{texts.changed(Object.keys(settings).length)}</span>}
        </button>
        <PrimaryButton type="submit" disabled={starting || !ADAPTER_NAME.test(name) || counts?.train === 0}>
          {starting ? texts.starting : ahead.length > 0 ? texts.queue : texts.start}
        </PrimaryButton>
      </div>
      {problem && (
        <div className="border-t border-line px-5 py-3 sm:px-7">
          <Problem problem={problem} onClose={() => setProblem(null)} />
        </div>
      )}
      <div id={`${id}-settings`} hidden={!open} className="border-t border-line px-5 py-5 sm:px-7">
        <SettingsForm definitions={overview.settings} draft={draft} errors={errors} onDraft={setDraft} person={person} onPerson={setPerson} />
      </div>
    </form>
  );
}

const inWords = (seconds: number, language: Language): string => {
  const { amount, unit } = roughly(seconds);
  return amount.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', { style: 'unit', unit, unitDisplay: 'long' });
};

/** `pajak-2` when `pajak` and `pajak-1` are taken: a name nobody loses anything by. */
function freeName(workspace: string, adapters: readonly AdapterView[], runs: readonly TrainingRunSummary[]): string {
  // Some disks take small and capital letters as the same.
  const taken = new Set([...adapters, ...runs].map(({ name }) => name.toLowerCase()));
  for (let number = 1; ; number += 1) if (!taken.has(`${workspace}-${number}`.toLowerCase())) return `${workspace}-${number}`;
}
