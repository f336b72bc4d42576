'use client';
import { useRef, useState, type RefCallback } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { WorkspaceView } from '@/lib/messages/workspaces.ts';
import { useFocusBack, useFocusOnceUndone } from '../focus-back.ts';
import { useTexts } from '../language.tsx';
import { ConfirmButton, PrimaryButton, Problem, TextButton } from '../training/controls.tsx';
import { AddDocuments } from './add-documents.tsx';
import { DocumentList } from './document-list.tsx';
import { RenameForm } from './rename-form.tsx';
import { exportAddress, removeWorkspace, resetWorkspace, type Outcome } from './requests.ts';
import { useWorkspacesTexts } from './texts.ts';

interface WorkspaceRowProps {
  readonly workspace: WorkspaceView;
  readonly inUse: boolean;
  readonly onUse: () => void;
  /** Of the button that is in every row. */
  readonly button: RefCallback<HTMLButtonElement>;
  readonly onChanged: () => void;
  readonly onRemoved: () => void;
}

/** One workspace: what is in it, and what can be done with it. */
export function WorkspaceRow({ workspace, inUse, onUse, button, onChanged, onRemoved }: WorkspaceRowProps) {
  const { language, format } = useTexts();
  const texts = useWorkspacesTexts();
  const [open, setOpen] = useState<'documents' | 'rename' | 'add' | null>(null);
  // Once open it stays, out of sight: closing would end what is being sent and forget the files chosen.
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const renamer = useFocusBack(open === 'rename');
  const { name, shipped, edited, notice, adapter } = workspace;
  const documents = useRef<HTMLButtonElement>(null);
  const pressReset = useFocusOnceUndone(edited, documents);
  const title = workspace.title[language];
  const counts = (['documents', 'chunks', 'examples', 'questions'] as const).map((what) => texts.counts[what](format.count(workspace[what])));

  const send = async (work: Promise<Outcome<unknown>>, then: () => void) => {
    setBusy(true);
    setProblem(null);
    const outcome = await work;
    setBusy(false);
    if ('problem' in outcome) setProblem(outcome.problem);
    else then();
  };

  return (
    <li aria-label={title} className="border-t border-line py-6 first:border-t-0">
      <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h3 className="flex flex-wrap items-baseline gap-x-3 text-2xl font-bold leading-tight tracking-tight">
            <span className="min-w-0 break-words">{title}</span>
            <code className="font-mono text-sm font-normal text-soft">{name}</code>
          </h3>
          <p className="mt-1 text-sm text-soft">{shipped ? (edited ? texts.whose.edited : texts.whose.shipped) : texts.whose.own}</p>
          <p className="mt-2 tabular-nums">
            {counts.join(' · ')} · {adapter ? `${texts.counts.adapter} ${adapter}` : texts.counts.noAdapter}
          </p>
          {notice && <p className="mt-1 font-text text-pretty text-soft">{notice[language]}</p>}
        </div>
        {inUse ? (
          <p className="flex min-h-11 items-center gap-2 font-semibold">
            <span aria-hidden="true" className="size-2.5 rounded-full bg-[var(--ink-rag)]" />
            {texts.inUse}
          </p>
        ) : (
          <PrimaryButton aria-label={texts.useName(title)} onClick={onUse}>
            {texts.use}
          </PrimaryButton>
        )}
      </div>
      {workspace.problem && (
        <div className="mt-3">
          <Problem problem={workspace.problem} />
        </div>
      )}
      <div className="-ml-1 mt-2 flex flex-wrap items-center gap-x-5">
        <TextButton
          ref={(shown) => {
            documents.current = shown;
            button(shown);
          }}
          aria-expanded={open === 'documents'}
          disabled={busy}
          onClick={() => setOpen(open === 'documents' ? null : 'documents')}
        >
          {texts.documents.show}
        </TextButton>
        <TextButton aria-expanded={open === 'add'} disabled={busy} onClick={() => { setAdding(true); setOpen(open === 'add' ? null : 'add'); }}>
          {texts.add}
        </TextButton>
        <TextButton ref={renamer} aria-expanded={open === 'rename'} disabled={busy} onClick={() => setOpen(open === 'rename' ? null : 'rename')}>
          {texts.rename}
        </TextButton>
        <a href={exportAddress(name)} download={`${name}.zip`} className="flex min-h-11 items-center px-1 font-medium underline decoration-edge underline-offset-4 hover:decoration-ink">
          {texts.exportFile}
        </a>
        {shipped ? (
          edited && (
            <ConfirmButton disabled={busy} question={texts.reset.question(title)} confirm={texts.reset.confirm} onConfirm={() => { pressReset(); void send(resetWorkspace(name), onChanged); }}>
              {texts.reset.action}
            </ConfirmButton>
          )
        ) : (
          <ConfirmButton disabled={busy} question={texts.remove.question(title)} confirm={texts.remove.confirm} onConfirm={() => void send(removeWorkspace(name), onRemoved)}>
            {texts.remove.action}
          </ConfirmButton>
        )}
      </div>
      {open === 'rename' && <RenameForm name={name} title={title} onDone={() => setOpen(null)} onRenamed={onChanged} />}
      {open === 'documents' && <DocumentList workspace={name} version={workspace.documents} onChanged={onChanged} />}
      {adding && (
        <div hidden={open !== 'add'}>
          <AddDocuments name={name} onAdded={onChanged} />
        </div>
      )}
      {problem && <Problem problem={problem} onClose={() => setProblem(null)} />}
    </li>
  );
}
