'use client';
import { useEffect, useRef, useState } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { useFocusNext } from '../focus-back.ts';
import { useTexts } from '../language.tsx';
import { ConfirmButton, Problem } from '../training/controls.tsx';
import { listDocuments, removeDocument, type ListedDocument } from './requests.ts';
import { useWorkspacesTexts } from './texts.ts';

interface DocumentListProps {
  readonly workspace: string;
  /** Another one when documents may have come or gone. */
  readonly version: number | null;
  readonly onChanged: () => void;
}

/** The documents of a workspace, each with the way to take it out. */
export function DocumentList({ workspace, version, onChanged }: DocumentListProps) {
  const { format } = useTexts();
  const texts = useWorkspacesTexts();
  const [documents, setDocuments] = useState<readonly ListedDocument[] | null>(null);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  useEffect(() => {
    let current = true;
    void listDocuments(workspace).then((outcome) => {
      if (!current) return;
      if ('problem' in outcome) setProblem(outcome.problem);
      else setDocuments(outcome.value.documents);
    });
    return () => {
      current = false;
    };
  }, [workspace, version]);
  const list = useRef<HTMLUListElement>(null);
  const next = useFocusNext(documents, ({ id }) => id, list);
  const remove = async (id: string) => {
    setProblem(null);
    const outcome = await removeDocument(workspace, id);
    if ('problem' in outcome) return setProblem(outcome.problem);
    next.leave(id);
    setDocuments((before) => before?.filter((document) => document.id !== id) ?? null);
    onChanged();
  };
  return (
    <div className="mt-2">
      {problem && <Problem problem={problem} onClose={() => setProblem(null)} />}
      {documents && (
        <ul ref={list} tabIndex={0} aria-label={texts.documents.show} className="max-h-96 overflow-y-auto border-y border-line">
          {documents.map(({ id, title, source, chunks }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 border-b border-line py-1 last:border-b-0">
              <div className="min-w-0 flex-1 basis-64">
                <p className="break-words font-medium">{title}</p>
                <p className="break-all text-sm text-soft">
                  <code className="font-mono">{id}</code> · {texts.counts.chunks(format.count(chunks))}
                  {source && ` · ${source}`}
                </p>
              </div>
              <ConfirmButton ref={next.button(id)} question={texts.documents.question(title)} confirm={texts.documents.confirm} onConfirm={() => void remove(id)}>
                {texts.documents.remove}
              </ConfirmButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
