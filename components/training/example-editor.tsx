'use client';
import { useEffect, useId, useRef, type FormEvent, type KeyboardEvent } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { EXAMPLE_LIMITS, type ExampleDraft, type ExampleRow, type ExampleSplit } from '@/lib/messages/examples.ts';
import { FIELD, PrimaryButton, Problem, TextButton } from './controls.tsx';
import { useTrainingTexts } from './texts.ts';

/** What stands in the fields. */
export interface ExampleWords {
  readonly question: string;
  readonly answer: string;
  /** One a line. */
  readonly accept: string;
  readonly split: ExampleSplit;
}

interface ExampleEditorProps {
  /** `null` for a new one. */
  readonly row: ExampleRow | null;
  readonly split: ExampleSplit;
  /** By default those of the example. */
  readonly words?: ExampleWords;
  readonly saving?: boolean;
  /** Why they could not be saved. */
  readonly problem?: AnswerProblem;
  /** Told of every change in the fields. */
  readonly onWords: (words: ExampleWords) => void;
  readonly onSave: (draft: ExampleDraft) => void;
  readonly onCancel: () => void;
}

/** A question and its answer, where they stand. Ctrl + Enter saves, Escape leaves. What is written is kept elsewhere: the editor may go out of sight while it is being saved. */
export function ExampleEditor({ row, split, words, saving = false, problem, onWords, onSave, onCancel }: ExampleEditorProps) {
  const texts = useTrainingTexts().examples;
  const id = useId();
  const shown = words ?? { question: row?.question ?? '', answer: row?.answer ?? '', accept: row?.accept.join('\n') ?? '', split };
  const { question, answer, accept, split: kind } = shown;
  const change = (part: Partial<ExampleWords>) => onWords({ ...shown, ...part });
  const first = useRef<HTMLTextAreaElement>(null);
  // The button that opened it goes as it comes; where it comes back in sight by a search, the focus is in use.
  useEffect(() => {
    const field = first.current;
    if (!field || document.activeElement !== document.body) return;
    field.focus();
    // Whoever goes on writing goes on at the end.
    field.setSelectionRange(field.value.length, field.value.length);
  }, []);
  const incomplete = question.trim() === '' || answer.trim() === '';

  const save = (event?: FormEvent) => {
    event?.preventDefault();
    if (incomplete || saving) return;
    const accepted = accept.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    onSave({ question: question.trim(), answer: answer.trim(), split: kind, accept: accepted });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !saving) onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  };
  const field = `${FIELD} mt-0.5 resize-none font-text text-[1.05rem] leading-snug [field-sizing:content]`;

  return (
    <form onSubmit={save} onKeyDown={onKeyDown} aria-label={row ? texts.edit : texts.add} className="grid gap-y-3">
      <div>
        <label htmlFor={`${id}-question`} className="text-sm text-soft">
          {texts.question}
        </label>
        <textarea ref={first} id={`${id}-question`} autoFocus={row === null} rows={1} readOnly={saving} maxLength={EXAMPLE_LIMITS.questionCharacters} value={question} onChange={(event) => change({ question: event.target.value })} className={field} />
      </div>
      <div>
        <label htmlFor={`${id}-answer`} className="text-sm text-soft">
          {texts.answer}
        </label>
        <textarea id={`${id}-answer`} rows={2} readOnly={saving} maxLength={EXAMPLE_LIMITS.answerCharacters} value={answer} onChange={(event) => change({ answer: event.target.value })} className={field} />
      </div>
      {kind === 'held-out' && (
        <div>
          <label htmlFor={`${id}-accept`} className="text-sm text-soft">
            {texts.accept}
          </label>
          <textarea id={`${id}-accept`} rows={1} readOnly={saving} value={accept} onChange={(event) => change({ accept: event.target.value })} className={field} />
        </div>
      )}
      {problem && <Problem problem={problem} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <select aria-label={texts.kind} disabled={saving} value={kind} onChange={(event) => change({ split: event.target.value as ExampleSplit })} className="min-h-11 border border-edge bg-paper px-2">
          {(['train', 'held-out'] as const).map((choice) => (
            <option key={choice} value={choice}>
              {texts.splits[choice].title}
            </option>
          ))}
        </select>
        <TextButton className="ml-auto" disabled={saving} onClick={onCancel}>
          {texts.cancel}
        </TextButton>
        <PrimaryButton type="submit" disabled={incomplete || saving}>
          {saving ? texts.saving : texts.save}
        </PrimaryButton>
      </div>
    </form>
  );
}
