'use client';
import { useCallback, useState } from 'react';
import { WORKSPACE_LIMITS } from '@/lib/messages/workspaces.ts';
import { useTexts } from '../language.tsx';
import { PrimaryButton } from '../training/controls.tsx';
import { FilePicker } from './file-picker.tsx';
import { isTooLarge, type ChosenFile } from './files.ts';
import { MakingProgress } from './making-progress.tsx';
import { useWorkspacesTexts } from './texts.ts';
import { useMaking } from './use-making.ts';

/** More files for a workspace that is there; one of the same name replaces the document it gave. */
export function AddDocuments({ name, onAdded }: { name: string; onAdded: () => void }) {
  const { format } = useTexts();
  const texts = useWorkspacesTexts();
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  // What failed or was stopped can be tried again with the same files.
  const added = useCallback(() => {
    setFiles([]);
    onAdded();
  }, [onAdded]);
  const { state, start, stop, busy } = useMaking(added);
  const tooLarge = isTooLarge(files.map(({ file }) => file));
  const send = () => {
    if (tooLarge) return;
    const form = new FormData();
    for (const { file, path } of files) form.append('documents', file, path);
    void start({ kind: 'add', name, form });
  };
  return (
    <div className="mt-3 grid gap-4">
      <FilePicker files={files} onFiles={setFiles} disabled={busy} />
      {files.length > 0 && !busy && (
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <PrimaryButton onClick={send}>{texts.addNow(format.count(files.length))}</PrimaryButton>
          {tooLarge && (
            <p role="alert" className="text-warning">
              {texts.addTooLarge(format.bytes(WORKSPACE_LIMITS.uploadBytes), name)}
            </p>
          )}
        </div>
      )}
      <MakingProgress state={state} onStop={stop} done={({ documents, chunks }) => texts.work.added(format.count(documents), format.count(chunks))} />
    </div>
  );
}
