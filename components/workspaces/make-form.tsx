'use client';
import { useCallback, useId, useState, type FormEvent } from 'react';
import { WORKSPACE_LIMITS, WORKSPACE_NAME } from '@/lib/messages/workspaces.ts';
import { useTexts } from '../language.tsx';
import { FIELD, PrimaryButton } from '../training/controls.tsx';
import { FilePicker } from './file-picker.tsx';
import { isTooLarge, nameFrom, type ChosenFile } from './files.ts';
import { MakingProgress } from './making-progress.tsx';
import { OneFile } from './one-file.tsx';
import { useWorkspacesTexts } from './texts.ts';
import { useMaking } from './use-making.ts';

interface MakeFormProps {
  readonly taken: readonly string[];
  readonly onMade: () => void;
  readonly onUse: (name: string) => void;
}

const LANGUAGES = ['mixed', 'id', 'en'] as const;

/** Documents, and where there are any examples and questions, made into a workspace. */
export function MakeForm({ taken, onMade, onUse }: MakeFormProps) {
  const { language: own, format } = useTexts();
  const all = useWorkspacesTexts();
  const texts = all.make;
  const [asked, setAsked] = useState(false);
  const made = useCallback(() => {
    setAsked(false);
    onMade();
  }, [onMade]);
  const { state, start, stop, busy } = useMaking(made);
  const [title, setTitle] = useState('');
  const [name, setName] = useState<string | null>(null);
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>('mixed');
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [examples, setExamples] = useState<File | null>(null);
  const [questions, setQuestions] = useState<File | null>(null);
  const ids = { title: useId(), name: useId(), note: useId(), language: useId() };

  // Until a person writes a name, it follows the title.
  const chosenName = name ?? nameFrom(title);
  const clash = taken.find((known) => known.toLowerCase() === chosenName.toLowerCase());
  const wrongName = chosenName !== '' && !WORKSPACE_NAME.test(chosenName);
  const tooLarge = isTooLarge([...files.map(({ file }) => file), examples, questions]);
  const missing = title.trim() === '' || chosenName === '' || files.length === 0;
  // What is being made here, or was just made, takes its own name.
  const clashes = clash !== undefined && state.phase !== 'made' && !busy;
  const nameProblem = clash !== undefined ? texts.nameTaken(clash) : wrongName ? texts.nameRule : null;
  const problem = tooLarge ? texts.tooLarge(format.bytes(WORKSPACE_LIMITS.uploadBytes)) : !asked ? null : missing ? texts.missing : nameProblem;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (missing || nameProblem !== null || tooLarge || busy) return;
    const form = new FormData();
    form.set('name', chosenName);
    form.set('title', title.trim());
    if (language !== 'mixed') form.set('language', language);
    for (const { file, path } of files) form.append('documents', file, path);
    if (examples) form.set('examples', examples);
    if (questions) form.set('questions', questions);
    void start({ kind: 'create', name: chosenName, form });
  };

  return (
    <form onSubmit={submit} noValidate className="mt-5 grid gap-6">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-[1.4fr_1fr_0.8fr]">
        <div>
          <label htmlFor={ids.title} className="font-medium">
            {texts.titleLabel}
          </label>
          <input id={ids.title} value={title} maxLength={WORKSPACE_LIMITS.titleCharacters} disabled={busy} autoComplete="off" onChange={(event) => setTitle(event.target.value)} className={`mt-1 ${FIELD}`} />
        </div>
        <div>
          <label htmlFor={ids.name} className="font-medium">
            {texts.nameLabel}
          </label>
          <input
            id={ids.name}
            value={chosenName}
            maxLength={64}
            disabled={busy}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={ids.note}
            aria-invalid={clashes || wrongName}
            onChange={(event) => setName(event.target.value)}
            className={`mt-1 font-mono ${FIELD}`}
          />
          <p id={ids.note} className={`mt-1 text-sm ${clashes || wrongName ? 'text-warning' : 'text-soft'}`}>
            {clashes ? texts.nameTaken(clash!) : texts.nameRule}
          </p>
        </div>
        <div>
          <label htmlFor={ids.language} className="font-medium">
            {texts.language}
          </label>
          <select id={ids.language} value={language} disabled={busy} onChange={(event) => setLanguage(event.target.value as typeof language)} className={`mt-1 ${FIELD}`}>
            {LANGUAGES.map((choice) => (
              <option key={choice} value={choice} lang={own}>
                {texts.languages[choice]}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div>
        <p className="font-medium">{texts.documents}</p>
        <div className="mt-1">
          <FilePicker files={files} onFiles={setFiles} disabled={busy} />
        </div>
      </div>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <OneFile label={texts.examples} hint={texts.examplesHint} accept=".jsonl" file={examples} onFile={setExamples} disabled={busy} />
        <OneFile label={texts.questions} hint={texts.questionsHint} accept=".jsonl" file={questions} onFile={setQuestions} disabled={busy} />
      </div>
      {!busy && (
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <PrimaryButton type="submit">{texts.submit}</PrimaryButton>
          <p aria-live="polite" className="text-warning">
            {problem}
          </p>
        </div>
      )}
      <MakingProgress
        state={state}
        onStop={stop}
        done={({ workspace, documents, chunks }) => all.work.made(workspace.title[own], format.count(documents), format.count(chunks))}
        next={({ name: made }) => <PrimaryButton onClick={() => onUse(made)}>{all.work.askNow}</PrimaryButton>}
      />
    </form>
  );
}
