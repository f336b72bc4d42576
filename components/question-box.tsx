'use client';
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { SampleQuestion } from '@/lib/answer/comparison.ts';
import { QUESTION_LIMIT } from '@/lib/question/limit.ts';
import { useTexts } from './language.tsx';

/** From this many characters before the limit on, the box counts. */
const COUNT_FROM = 80;
const SAMPLES_OWN = 5;
const SAMPLES_OTHER = 2;

interface QuestionBoxProps {
  readonly samples: readonly SampleQuestion[];
  readonly busy: boolean;
  readonly onAsk: (text: string) => void;
  readonly onStop: () => void;
  /** On the button that asks; by default that both are asked. */
  readonly label?: string;
  /** What may be asked about. */
  readonly placeholder?: string;
  /** What stands in the box at first. */
  readonly initial?: string;
}

export function QuestionBox({ samples, busy, onAsk, onStop, label, placeholder, initial = '' }: QuestionBoxProps) {
  const { language, texts } = useTexts();
  const [text, setText] = useState(initial);
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const asking = useRef<HTMLButtonElement>(null);
  const left = QUESTION_LIMIT - [...text.normalize('NFC').trim()].length;
  const note = left < 0 ? texts.question.over(-left) : missing ? texts.question.empty : left <= COUNT_FROM ? texts.question.left(left) : '';

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === '') {
      setMissing(true);
      box.current?.focus();
    } else if (left >= 0) onAsk(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also ends the composition of a character in some keyboards.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  const stop = () => {
    onStop();
    // The button that was pressed goes; without this the focus would go with it.
    (left < 0 ? box : asking).current?.focus();
  };
  const askSample = (sample: string) => {
    setText(sample);
    setMissing(false);
    onAsk(sample);
  };
  const own = samples.filter((sample) => sample.language === language).slice(0, SAMPLES_OWN);
  const shown = [...own, ...samples.filter((sample) => sample.language !== language).slice(0, own.length === 0 ? SAMPLES_OWN : SAMPLES_OTHER)];

  return (
    <section className="mb-8">
      <form onSubmit={submit} noValidate className="bg-paper shadow-[0_1px_0_var(--edge),0_14px_32px_-22px_var(--shade)]">
        <label htmlFor="question" className="block px-5 pt-4 text-sm font-medium text-soft sm:px-7">
          {texts.question.label}
        </label>
        <textarea
          id="question"
          ref={box}
          value={text}
          rows={1}
          onChange={(event) => {
            setText(event.target.value);
            setMissing(false);
          }}
          onKeyDown={onKeyDown}
          placeholder={placeholder ?? texts.question.placeholder}
          aria-describedby="question-hint question-note"
          aria-invalid={missing || left < 0}
          autoComplete="off"
          className="block max-h-64 min-h-12 w-full resize-none px-5 pb-2 pt-1 font-text text-[1.45rem] leading-snug outline-none [field-sizing:content] placeholder:text-soft placeholder:opacity-100 sm:px-7 sm:text-[1.85rem]"
        />
        <div className="flex flex-wrap items-center justify-end gap-x-5 gap-y-2 px-5 pb-4 sm:px-7">
          <p id="question-hint" className="mr-auto hidden text-sm text-soft sm:block">
            {texts.question.hint}
          </p>
          <p id="question-note" aria-live="polite" className={`mr-auto text-sm tabular-nums sm:mr-0 ${left < 0 || missing ? 'font-semibold text-warning' : 'text-soft'}`}>
            {note}
          </p>
          {busy && (
            <button type="button" onClick={stop} className="flex h-11 items-center gap-2.5 border-[1.5px] border-ink px-5 font-semibold hover:bg-desk">
              <span aria-hidden="true" className="size-2.5 bg-ink" />
              {texts.question.stop}
            </button>
          )}
          <button ref={asking} type="submit" disabled={left < 0} className="h-11 bg-ink px-6 font-semibold text-paper hover:opacity-85 disabled:opacity-45">
            {label ?? texts.question.ask}
          </button>
        </div>
      </form>
      {shown.length > 0 && (
        <ul aria-label={texts.question.samples} className="-mx-4 mt-4 flex gap-2 overflow-x-auto px-4 py-1 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0">
          {shown.map((sample) => (
            <li key={sample.text} className="shrink-0">
              <button
                type="button"
                lang={sample.language}
                onClick={() => askSample(sample.text)}
                className="rounded-full border border-edge px-3.5 py-1.5 text-left font-text text-[0.98rem] italic leading-snug hover:border-ink hover:bg-paper focus-visible:rounded-full"
              >
                {sample.text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
