'use client';
import { useState } from 'react';
import { useTexts } from '../language.tsx';
import { PrimaryButton } from '../training/controls.tsx';
import { FilePicker } from './file-picker.tsx';
import type { ChosenFile } from './files.ts';
import { MakingProgress } from './making-progress.tsx';
import { useWorkspacesTexts } from './texts.ts';
import { useMaking } from './use-making.ts';

/** More files for a workspace that is there; one of the same name replaces the document it gave. */
export function AddDocuments({ name, onAdded }: { name: string; onAdded: () => void }) {
  const { format } = useTexts();
  const texts = useWorkspacesTexts();
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const { state, start, stop, busy } = useMaking(onAdded);
  const send = () => {
    const form = new FormData();
    for (const { file, path } of files) form.append('documents', file, path);
    void start({ kind: 'add', name, form }).then(() => setFiles([]));
  };
  return (
    <div className="mt-3 grid gap-4">
      <FilePicker files={files} onFiles={setFiles} disabled={busy} />
      {files.length > 0 && !busy && (
        <PrimaryButton className="justify-self-start" onClick={send}>
          {texts.addNow(format.count(files.length))}
        </PrimaryButton>
      )}
      <MakingProgress state={state} onStop={stop} done={({ documents, chunks }) => texts.work.added(format.count(documents), format.count(chunks))} />
    </div>
  );
}
