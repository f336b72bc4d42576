'use client';
import { useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { WORKSPACE_LIMITS } from '@/lib/messages/workspaces.ts';
import { FIELD, PrimaryButton, Problem, TextButton } from '../training/controls.tsx';
import { renameWorkspace } from './requests.ts';
import { useWorkspacesTexts } from './texts.ts';

export function RenameForm({ name, title, onDone, onRenamed }: { name: string; title: string; onDone: () => void; onRenamed: () => void }) {
  const texts = useWorkspacesTexts();
  const [draft, setDraft] = useState(title);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  return (
    <form
      className="mt-2 flex flex-wrap items-center gap-3"
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        const outcome = await renameWorkspace(name, draft);
        setBusy(false);
        if ('problem' in outcome) return setProblem(outcome.problem);
        onRenamed();
        onDone();
      }}
    >
      <div className="min-w-0 flex-1 basis-64">
        <input autoFocus aria-label={texts.renameLabel} value={draft} maxLength={WORKSPACE_LIMITS.titleCharacters} onChange={(event) => setDraft(event.target.value)} className={FIELD} />
      </div>
      <PrimaryButton type="submit" disabled={busy || draft.trim() === ''}>
        {texts.save}
      </PrimaryButton>
      <TextButton onClick={onDone}>{texts.cancel}</TextButton>
      {problem && <Problem problem={problem} />}
    </form>
  );
}
