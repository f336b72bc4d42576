'use client';
import { useId, useState, type FormEvent } from 'react';
import { WORKSPACE_NAME } from '@/lib/messages/workspaces.ts';
import { useTexts } from '../language.tsx';
import { FIELD, PrimaryButton } from '../training/controls.tsx';
import { MakingProgress } from './making-progress.tsx';
import { OneFile } from './one-file.tsx';
import { useWorkspacesTexts } from './texts.ts';
import { useMaking } from './use-making.ts';

/** A workspace out of a file that was exported. */
export function ImportForm({ onMade, onUse }: { onMade: () => void; onUse: (name: string) => void }) {
  const { language, format } = useTexts();
  const all = useWorkspacesTexts();
  const texts = all.take;
  const { state, start, stop, busy } = useMaking(onMade);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const [nameId, noteId] = [useId(), useId()];
  const wrongName = name !== '' && !WORKSPACE_NAME.test(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (file && !wrongName && !busy) void start({ kind: 'import', name, file });
  };
  return (
    <form onSubmit={submit} noValidate className="mt-5 grid gap-6">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <OneFile label={texts.file} accept=".zip" file={file} onFile={setFile} disabled={busy} />
        <div>
          <label htmlFor={nameId} className="font-medium">
            {texts.name}
          </label>
          <input id={nameId} value={name} maxLength={64} disabled={busy} placeholder={texts.nameHint} autoComplete="off" spellCheck={false} aria-invalid={wrongName} aria-describedby={noteId} onChange={(event) => setName(event.target.value)} className={`mt-1 placeholder:text-soft placeholder:opacity-100 ${FIELD}`} />
          <p id={noteId} className={`mt-1 text-sm ${wrongName ? 'text-warning' : 'text-soft'}`}>
            {all.make.nameRule}
          </p>
        </div>
      </div>
      {!busy && (
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <PrimaryButton type="submit">{texts.submit}</PrimaryButton>
          <p aria-live="polite" className="text-warning">
            {asked && (file === null ? texts.missing : wrongName && all.make.nameRule)}
          </p>
        </div>
      )}
      <MakingProgress
        state={state}
        onStop={stop}
        done={({ workspace, documents, chunks }) => all.work.made(workspace.title[language], format.count(documents), format.count(chunks))}
        next={({ name: made }) => <PrimaryButton onClick={() => onUse(made)}>{all.work.askNow}</PrimaryButton>}
      />
    </form>
  );
}
