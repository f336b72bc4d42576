'use client';
import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { DocumentChange, DocumentView } from '@/lib/answer/comparison.ts';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import type { Passage } from '@/lib/answer/passage.ts';
import { evidentLanguage } from '@/lib/question/language.ts';
import { readDocument, saveDocument } from '@/lib/stream/documents.ts';
import { problemText } from './dictionary/problems.ts';
import { DocumentLines } from './document-lines.tsx';
import { DocumentEditor } from './document-editor.tsx';
import { useFocusBack } from './focus-back.ts';
import { useTexts } from './language.tsx';
import { locateSupport, markedPieces, type Range } from './pieces.ts';
import { ProblemMessage } from './problem-message.tsx';
import { Remedy } from './remedy.tsx';

export interface OpenDocument {
  readonly passage: Passage;
  /** The sentence of the passage that supports the answer, when one does. */
  readonly sentence: Range | null;
}

interface DocumentDialogProps {
  /** Whose document it is. */
  readonly workspace: string;
  readonly opened: OpenDocument | null;
  readonly onClose: () => void;
  readonly onSaved: (change: DocumentChange) => void;
  /** Asks the last question again; absent when nothing was asked. */
  readonly onAskAgain?: () => void;
}

/** The document behind a citation, whole, with the passage marked; and where it can be changed. */
export function DocumentDialog({ workspace, opened, onClose, onSaved, onAskAgain }: DocumentDialogProps) {
  const { language, texts, format } = useTexts();
  // Keeps what was shown while the dialog closes.
  const [shown, setShown] = useState(opened);
  if (opened !== null && opened !== shown) setShown(opened);
  const [document, setDocument] = useState<DocumentView | null>(null);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const [saved, setSaved] = useState<DocumentChange | null>(null);
  const [saving, setSaving] = useState(false);
  const editor = useFocusBack(draft !== null);
  const told = problem && problemText(problem, language);
  const id = opened?.passage.documentId;

  useEffect(() => {
    if (id === undefined) return;
    let current = true;
    setDocument(null);
    setProblem(null);
    setDraft(null);
    setSaved(null);
    void readDocument(id, workspace).then((result) => {
      if (!current) return;
      if ('problem' in result) setProblem(result.problem);
      else setDocument(result.value);
    });
    return () => {
      current = false;
    };
  }, [id, opened, workspace]);

  const close = () => {
    // What is on its way is saved whether the dialog stands or not: to ask whether to discard it would mislead.
    if (saving) return;
    const changed = draft !== null && document !== null && draft !== document.text;
    if (!changed || window.confirm(texts.document.discard)) onClose();
  };
  const save = async () => {
    if (document === null || draft === null || saving) return;
    setSaving(true);
    setProblem(null);
    const result = await saveDocument(document.id, draft, workspace);
    setSaving(false);
    if ('problem' in result) return setProblem(result.problem);
    setDocument({ ...document, text: draft });
    setDraft(null);
    setSaved(result.value);
    onSaved(result.value);
  };

  return (
    <Dialog.Root open={opened !== null} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-[oklch(0.15_0.02_265/0.55)] transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Popup
          data-arm="rag"
          className="fixed inset-x-0 bottom-0 top-6 mx-auto flex max-w-3xl flex-col bg-paper transition duration-150 data-[ending-style]:translate-y-3 data-[ending-style]:opacity-0 data-[starting-style]:translate-y-3 data-[starting-style]:opacity-0 sm:bottom-[5vh] sm:top-[5vh]"
        >
          <header className="flex items-start gap-4 border-b border-line px-5 py-4 sm:px-8">
            <div className="min-w-0">
              <Dialog.Title className="text-2xl font-bold leading-tight tracking-tight break-words">{document?.title ?? shown?.passage.documentTitle}</Dialog.Title>
              {document?.source && (
                <p className="mt-0.5 text-sm break-words text-soft">
                  {texts.document.source}: {document.source}
                </p>
              )}
            </div>
            <Dialog.Close disabled={saving} className="ml-auto h-10 shrink-0 px-3 font-semibold underline underline-offset-4 disabled:opacity-45">{texts.document.close}</Dialog.Close>
          </header>
          {told && (
            <div role="alert" className="border-b border-line px-5 py-3 break-words text-warning sm:px-8">
              <ProblemMessage {...told} /> {told.remedy && <Remedy remedy={told.remedy} />}
            </div>
          )}
          {saved && (
            <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-[color-mix(in_oklab,var(--arm)_11%,transparent)] px-5 py-3 sm:px-8">
              <p className="min-w-0 flex-1 basis-72">{texts.document.saved(format.duration(saved.milliseconds), saved.chunks)}</p>
              {onAskAgain && (
                <button
                  type="button"
                  onClick={() => {
                    onClose();
                    onAskAgain();
                  }}
                  className="h-10 bg-ink px-4 font-semibold text-paper hover:opacity-85"
                >
                  {texts.document.askAgain}
                </button>
              )}
            </div>
          )}
          {document === null ? (
            <p className="flex-1 px-5 py-6 text-soft sm:px-8">{problem ? '' : texts.document.loading}</p>
          ) : draft === null ? (
            <DocumentText document={document} shown={shown} editor={editor} onEdit={() => setDraft(document.text)} />
          ) : (
            <DocumentEditor draft={draft} saving={saving} changed={draft !== document.text} onDraft={setDraft} onSave={save} onCancel={() => setDraft(null)} />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function DocumentText({ document, shown, editor, onEdit }: { document: DocumentView; shown: OpenDocument | null; editor: RefObject<HTMLButtonElement | null>; onEdit: () => void }) {
  const { texts } = useTexts();
  const mark = useRef<HTMLElement>(null);
  const { passage: range, sentence: sentenceRange } = locateSupport(document.text, shown?.passage.text ?? '', shown?.sentence ?? null);
  useEffect(() => {
    mark.current?.scrollIntoView({ block: 'center' });
  }, [document]);
  return (
    <>
      <div tabIndex={0} role="region" aria-label={texts.document.text} className="flex-1 overflow-y-auto px-5 py-5 focus-visible:-outline-offset-4 sm:px-8">
        <div lang={evidentLanguage(document.text)} className="font-text text-[1.1rem] leading-relaxed whitespace-pre-wrap break-words">
          {range ? (
            <>
              <DocumentLines text={document.text.slice(0, range.start)} />
              <mark ref={mark}>
                {markedPieces(document.text.slice(range.start, range.end), sentenceRange ? [{ start: sentenceRange.start - range.start, end: sentenceRange.end - range.start }] : []).map(
                  (piece, index) => (piece.marked ? <strong key={index}><DocumentLines text={piece.text} /></strong> : <DocumentLines key={index} text={piece.text} />),
                )}
              </mark>
              <DocumentLines text={document.text.slice(range.end)} />
            </>
          ) : (
            <DocumentLines text={document.text} />
          )}
        </div>
      </div>
      <footer className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-5 py-3 sm:px-8">
        <p className="min-w-0 flex-1 basis-56 text-sm text-soft">{range === null ? texts.document.notFound : sentenceRange ? texts.document.markedSentence : texts.document.marked}</p>
        <button ref={editor} type="button" onClick={onEdit} className="h-10 border-[1.5px] border-ink px-4 font-semibold hover:bg-desk">
          {texts.document.edit}
        </button>
      </footer>
    </>
  );
}
