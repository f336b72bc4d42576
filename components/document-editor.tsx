'use client';
import { useTexts } from './language.tsx';

interface DocumentEditorProps {
  readonly draft: string;
  readonly saving: boolean;
  readonly changed: boolean;
  readonly onDraft: (text: string) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

export function DocumentEditor({ draft, saving, changed, onDraft, onSave, onCancel }: DocumentEditorProps) {
  const { texts } = useTexts();
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <textarea
        autoFocus
        aria-label={texts.document.text}
        value={draft}
        readOnly={saving}
        onChange={(event) => onDraft(event.target.value)}
        spellCheck={false}
        className="min-h-0 flex-1 resize-none px-5 py-5 font-text text-[1.1rem] leading-relaxed focus-visible:-outline-offset-4 sm:px-8"
      />
      <footer className="flex flex-wrap justify-end gap-3 border-t border-line px-5 py-3 sm:px-8">
        <button type="button" onClick={onCancel} disabled={saving} className="h-10 px-4 font-semibold underline underline-offset-4">
          {texts.document.cancel}
        </button>
        <button type="submit" disabled={saving || !changed || draft.trim() === ''} className="h-10 bg-ink px-5 font-semibold text-paper hover:opacity-85 disabled:opacity-45">
          {saving ? texts.document.saving : texts.document.save}
        </button>
      </footer>
    </form>
  );
}
