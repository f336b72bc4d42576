'use client';
import { Dialog } from '@base-ui/react/dialog';
import { useId, useState, type FormEvent } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { EXAMPLE_LIMITS, type ExampleImport, type ExampleImportReport } from '@/lib/messages/examples.ts';
import { useTexts } from '../language.tsx';
import { FIELD, PrimaryButton, Problem, TextButton } from './controls.tsx';
import { importExamples } from './requests.ts';
import { useTrainingTexts } from './texts.ts';

interface ImportDialogProps {
  readonly open: boolean;
  readonly workspace: string;
  readonly onClose: () => void;
  readonly onImported: (report: ExampleImportReport) => void;
}

/** Examples from a file or from the clipboard. A line that cannot be used is named, and nothing of the file is taken. */
export function ImportDialog({ open, workspace, onClose, onImported }: ImportDialogProps) {
  const { texts: common, format } = useTexts();
  const texts = useTrainingTexts().import;
  const id = useId();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<ExampleImport['format'] | null>(null);
  const [mode, setMode] = useState<NonNullable<ExampleImport['mode']>>('add');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const found = kind ?? formatOf(text);
  const bytes = new Blob([text]).size;

  const read = async (file: File | undefined) => {
    setProblem(null);
    if (file === undefined) return;
    if (file.size > EXAMPLE_LIMITS.importBytes) return setProblem({ code: 'bad-input', message: texts.tooLarge(file.name, format.bytes(file.size), format.bytes(EXAMPLE_LIMITS.importBytes)) });
    setText(await file.text());
    setKind(/\.csv$/i.test(file.name) ? 'csv' : /\.jsonl?$|\.ndjson$/i.test(file.name) ? 'jsonl' : null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const outcome = await importExamples(workspace, { format: found, text, mode });
    setBusy(false);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setText('');
    setKind(null);
    onImported(outcome.value);
  };

  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-[oklch(0.15_0.02_265/0.55)] transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Popup className="fixed inset-x-0 bottom-0 top-6 mx-auto flex max-w-3xl flex-col bg-paper transition duration-150 data-[ending-style]:translate-y-3 data-[ending-style]:opacity-0 data-[starting-style]:translate-y-3 data-[starting-style]:opacity-0 sm:bottom-[5vh] sm:top-[5vh]">
          <header className="flex items-start gap-4 border-b border-line px-5 py-4 sm:px-8">
            <Dialog.Title className="text-2xl font-bold leading-tight tracking-tight">{texts.title}</Dialog.Title>
            <Dialog.Close className="ml-auto h-10 shrink-0 px-3 font-semibold underline underline-offset-4">{common.document.close}</Dialog.Close>
          </header>
          <form
            onSubmit={submit}
            className="flex min-h-0 flex-1 flex-col"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              void read(event.dataTransfer.files[0]);
            }}
          >
            <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 py-5 sm:px-8">
              <Dialog.Description className="font-text text-[1.05rem] text-pretty">{texts.lead}</Dialog.Description>
              <pre className="overflow-x-auto bg-desk px-3 py-2 font-mono text-[0.85rem]">{found === 'csv' ? texts.exampleCsv : texts.exampleJsonl}</pre>
              <div>
                <label htmlFor={`${id}-file`} className="font-semibold">
                  {texts.file}
                </label>
                {/* Emptied first, so that a file that was mended can be chosen again. */}
                <input id={`${id}-file`} type="file" accept=".jsonl,.ndjson,.json,.csv,text/csv,application/jsonl" onClick={(event) => (event.currentTarget.value = '')} onChange={(event) => void read(event.target.files?.[0])} className="mt-1 block w-full text-sm file:mr-3 file:min-h-10 file:border-[1.5px] file:border-ink file:bg-paper file:px-4 file:font-semibold file:text-ink" />
              </div>
              <div className="flex min-h-40 flex-1 flex-col">
                <label htmlFor={`${id}-text`} className="font-semibold">
                  {texts.paste}
                </label>
                <textarea id={`${id}-text`} value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} className={`${FIELD} mt-1 min-h-32 flex-1 resize-none font-mono text-[0.85rem]`} />
              </div>
              {problem && <Problem problem={problem} />}
            </div>
            <footer className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line px-5 py-3 sm:px-8">
              <Choice label={texts.format} value={found} onChange={(chosen) => setKind(chosen)} choices={[{ value: 'jsonl', name: 'JSON Lines' }, { value: 'csv', name: 'CSV' }]} />
              <Choice label={texts.mode} value={mode} onChange={(chosen) => setMode(chosen)} choices={[{ value: 'add', name: texts.add }, { value: 'replace', name: texts.replace }]} />
              <TextButton className="ml-auto" onClick={onClose}>
                {texts.cancel}
              </TextButton>
              <PrimaryButton type="submit" disabled={busy || text.trim() === '' || bytes > EXAMPLE_LIMITS.importBytes}>
                {busy ? texts.importing : texts.submit}
              </PrimaryButton>
            </footer>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choice<Value extends string>({ label, value, onChange, choices }: { label: string; value: Value; onChange: (value: Value) => void; choices: readonly { value: Value; name: string }[] }) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value as Value)} className="min-h-11 border border-edge bg-paper px-2">
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.name}
        </option>
      ))}
    </select>
  );
}

/** JSON Lines begin with a brace; anything else is read as a table. */
const formatOf = (text: string): ExampleImport['format'] => (text.trim() === '' || text.trimStart().startsWith('{') ? 'jsonl' : 'csv');
