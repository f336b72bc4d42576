'use client';
import { useId, useRef } from 'react';
import { SecondaryButton, TextButton } from '../training/controls.tsx';
import { useWorkspacesTexts } from './texts.ts';

interface OneFileProps {
  readonly label: string;
  readonly hint?: string;
  readonly accept: string;
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
  readonly disabled: boolean;
}

/** A field for one file, by the name of which it is known. */
export function OneFile({ label, hint, accept, file, onFile, disabled }: OneFileProps) {
  const texts = useWorkspacesTexts().make;
  const input = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const id = useId();
  const forget = () => {
    onFile(null);
    // The button that was pressed goes; without this the focus would go with it.
    chooser.current?.focus();
  };
  return (
    <div role="group" aria-labelledby={id} className="min-w-0">
      <p id={id} className="font-medium">
        {label}
      </p>
      <div className="mt-1 flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
        {/* Emptied first, so that a file that was mended can be chosen again. */}
        <input ref={input} type="file" accept={accept} disabled={disabled} tabIndex={-1} aria-hidden className="sr-only" onClick={(event) => (event.currentTarget.value = '')} onChange={(event) => onFile(event.target.files?.[0] ?? null)} />
        <SecondaryButton ref={chooser} disabled={disabled} aria-describedby={id} onClick={() => input.current?.click()}>
          {texts.choose}
        </SecondaryButton>
        <span role="status" className={`min-w-0 break-all ${file ? 'font-mono text-sm' : 'text-soft'}`}>{file?.name ?? texts.none}</span>
        {file && (
          <TextButton disabled={disabled} onClick={forget}>
            {texts.forgetOne}
          </TextButton>
        )}
      </div>
      {hint && <p className="mt-1 break-words font-mono text-xs text-soft">{hint}</p>}
    </div>
  );
}
