'use client';
import { useEffect, useId, useRef, useState, type ComponentProps, type ReactNode, type RefCallback } from 'react';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { ADAPTER_NAME } from '@/lib/messages/adapters.ts';
import { problemText } from '../dictionary/problems.ts';
import { useFocusBack } from '../focus-back.ts';
import { useTexts } from '../language.tsx';
import { ProblemMessage } from '../problem-message.tsx';
import { isCommand, Remedy } from '../remedy.tsx';
import { useTrainingTexts } from './texts.ts';

/** The button that leads on. */
export const PrimaryButton = (properties: ComponentProps<'button'>) => (
  <button type="button" {...properties} className={`min-h-11 bg-ink px-5 font-semibold text-paper hover:opacity-85 disabled:opacity-45 ${properties.className ?? ''}`} />
);

export const SecondaryButton = (properties: ComponentProps<'button'>) => (
  <button type="button" {...properties} className={`min-h-11 border-[1.5px] border-ink px-4 font-semibold hover:bg-desk disabled:opacity-45 ${properties.className ?? ''}`} />
);

export const TextButton = (properties: ComponentProps<'button'>) => (
  <button type="button" {...properties} className={`min-h-11 px-1 font-medium underline decoration-edge underline-offset-4 hover:decoration-ink disabled:opacity-45 ${properties.className ?? ''}`} />
);

interface ConfirmButtonProps {
  readonly children: ReactNode;
  readonly question: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly disabled?: boolean;
  /** Of the button that asks. */
  readonly ref?: RefCallback<HTMLButtonElement>;
}

/** Asks once more, in place, before something is gone for good. */
export function ConfirmButton({ children, question, confirm, onConfirm, disabled, ref }: ConfirmButtonProps) {
  const texts = useTrainingTexts();
  const [asking, setAsking] = useState(false);
  const opener = useFocusBack(asking, disabled);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) keep.current?.focus();
  }, [asking]);
  if (!asking)
    return (
      <TextButton
        ref={(button) => {
          opener.current = button;
          ref?.(button);
        }}
        disabled={disabled}
        onClick={() => setAsking(true)}
      >
        {children}
      </TextButton>
    );
  return (
    <span role="group" aria-label={question} className="flex flex-wrap items-center gap-x-4 border-l-[3px] border-warning pl-3" onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}>
      <span className="font-medium">{question}</span>
      <TextButton
        className="text-warning"
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {confirm}
      </TextButton>
      <TextButton ref={keep} onClick={() => setAsking(false)}>
        {texts.no}
      </TextButton>
    </span>
  );
}

/** What went wrong and the step that mends it, read out when it appears. */
export function Problem({ problem, onClose }: { problem: AnswerProblem; onClose?: () => void }) {
  const { language, texts } = useTexts();
  const own = useTrainingTexts();
  const told = problemText(problem, language);
  const { remedy } = told;
  return (
    <div role="alert" className="flex items-start gap-4 border-l-[3px] border-warning py-1 pl-4">
      <div className="min-w-0">
        <p className="whitespace-pre-line break-words">
          <ProblemMessage {...told} />
        </p>
        {remedy && (
          <p className="mt-1 text-sm">
            {isCommand(remedy) && <span className="text-soft">{own.remedy} </span>}
            <Remedy remedy={remedy} />
          </p>
        )}
      </div>
      {onClose && (
        <TextButton className="ml-auto shrink-0 text-sm" onClick={onClose}>
          {texts.document.close}
        </TextButton>
      )}
    </div>
  );
}

/** A name for an adapter; of one that cannot be used it is said why. */
export function AdapterNameField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const texts = useTrainingTexts().start;
  const id = useId();
  const wrong = !ADAPTER_NAME.test(value);
  return (
    <>
      <label htmlFor={id} className="text-sm text-soft">
        {label}
      </label>
      <input id={id} autoFocus value={value} maxLength={64} spellCheck={false} autoComplete="off" aria-invalid={wrong} aria-describedby={`${id}-rule`} onChange={(event) => onChange(event.target.value)} className={FIELD} />
      <p id={`${id}-rule`} aria-live="polite" className="text-sm text-warning text-pretty">
        {wrong && texts.nameRule}
      </p>
    </>
  );
}

export const FIELD = 'min-h-11 w-full border border-edge bg-paper px-3 py-2 aria-[invalid=true]:border-warning';
