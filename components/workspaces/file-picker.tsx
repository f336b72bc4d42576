'use client';
import { useRef, useState } from 'react';
import { useTexts } from '../language.tsx';
import { SecondaryButton, TextButton } from '../training/controls.tsx';
import { ACCEPTED, fromDrop, fromInput, joinFiles, type ChosenFile } from './files.ts';
import { useWorkspacesTexts } from './texts.ts';

/** Where documents are chosen as files or as a folder, or dropped. */
export function FilePicker({ files, onFiles, disabled }: { files: readonly ChosenFile[]; onFiles: (files: readonly ChosenFile[]) => void; disabled: boolean }) {
  const { format } = useTexts();
  const texts = useWorkspacesTexts().make;
  const [over, setOver] = useState(false);
  const [fileInput, folderInput] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const chooser = useRef<HTMLButtonElement>(null);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const add = (more: readonly ChosenFile[]) => onFiles(joinFiles(files, more));
  const forget = () => {
    onFiles([]);
    // The button that was pressed goes; without this the focus would go with it.
    chooser.current?.focus();
  };
  const input = { type: 'file', multiple: true, className: 'sr-only', tabIndex: -1, 'aria-hidden': true, disabled } as const;
  return (
    <div
      role="group"
      aria-label={texts.documents}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) void fromDrop(event.dataTransfer.items).then(add);
      }}
      className={`border border-dashed px-4 py-4 ${over ? 'border-ink bg-desk' : 'border-edge'}`}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <input {...input} ref={fileInput} data-testid="files" accept={ACCEPTED} onChange={(event) => { add(fromInput(event.target.files)); event.target.value = ''; }} />
        <input {...input} {...{ webkitdirectory: '' }} ref={folderInput} onChange={(event) => { add(fromInput(event.target.files)); event.target.value = ''; }} />
        <SecondaryButton ref={chooser} disabled={disabled} onClick={() => fileInput.current?.click()}>
          {texts.chooseFiles}
        </SecondaryButton>
        <SecondaryButton disabled={disabled} onClick={() => folderInput.current?.click()}>
          {texts.chooseFolder}
        </SecondaryButton>
        <p className="text-sm text-soft">
          <span className="hidden sm:inline">{texts.drop} · </span>
          {texts.formats}
        </p>
      </div>
      {files.length > 0 && (
        <>
          <p className="mt-3 flex flex-wrap items-center gap-x-4" role="status">
            <span className="font-semibold tabular-nums">{texts.chosen(format.count(files.length), format.bytes(bytes))}</span>
            <TextButton disabled={disabled} onClick={forget}>
              {texts.forget}
            </TextButton>
          </p>
          <ul className="max-h-40 overflow-y-auto font-mono text-sm text-soft" tabIndex={0} aria-label={texts.documents}>
            {files.map(({ path }) => (
              <li key={path} className="break-all">
                {path}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
