'use client';
import { useRef, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { ADAPTER_NAME } from '@/lib/messages/adapters.ts';
import { useFocusBack } from '../focus-back.ts';
import { AdapterNameField, PrimaryButton, Problem, SecondaryButton, TextButton } from './controls.tsx';
import { importAdapter } from './requests.ts';
import { useTrainingTexts } from './texts.ts';

/** An adapter from elsewhere: a ZIP of a PEFT folder, under a name of its own. */
export function AdapterImport({ onImported }: { onImported: () => void }) {
  const texts = useTrainingTexts().adapters;
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const opener = useFocusBack(file !== null);

  const pick = (picked: File | undefined) => {
    if (picked === undefined) return;
    setFile(picked);
    setSaid('');
    setProblem(null);
    setName(picked.name.replace(/\.zip$/i, '').replace(/[^\w.-]+/g, '-').replace(/^[^\w]+/, '').slice(0, 64));
  };
  const bring = async () => {
    if (file === null) return;
    setBusy(true);
    setProblem(null);
    const outcome = await importAdapter(name, file);
    setBusy(false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setFile(null);
    setSaid(texts.imported(outcome.value.name));
    onImported();
  };

  return (
    <div className="mt-4">
      <input ref={picker} type="file" accept=".zip,application/zip" hidden onChange={(event) => pick(event.target.files?.[0])} onClick={(event) => (event.currentTarget.value = '')} />
      {file === null ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <SecondaryButton ref={opener} onClick={() => picker.current?.click()}>{texts.import}</SecondaryButton>
          <p role="status" className="text-sm text-soft">
            {said || texts.importMeaning}
          </p>
        </div>
      ) : (
        <form
          className="flex flex-wrap items-end gap-x-3 gap-y-2"
          onSubmit={(event) => {
            event.preventDefault();
            void bring();
          }}
        >
          <div className="grow basis-56 sm:max-w-sm">
            <AdapterNameField label={texts.importAs(file.name)} value={name} onChange={setName} />
          </div>
          <PrimaryButton type="submit" disabled={busy || !ADAPTER_NAME.test(name)}>
            {busy ? texts.importing : texts.importYes}
          </PrimaryButton>
          <TextButton onClick={() => setFile(null)}>{texts.cancel}</TextButton>
        </form>
      )}
      {problem && (
        <div className="mt-2">
          <Problem problem={problem} onClose={() => setProblem(null)} />
        </div>
      )}
    </div>
  );
}
