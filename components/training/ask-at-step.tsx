'use client';
import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react';
import type { Language } from '@/lib/answer/events.ts';
import type { TrainingRunDetail } from '@/lib/messages/training.ts';
import { QUESTION_LIMIT } from '@/lib/question/limit.ts';
import { ArmGlyph } from '../glyphs.tsx';
import { useTexts } from '../language.tsx';
import { StrengthSlider } from '../strength-slider.tsx';
import { answererAt } from './answerer-at.ts';
import { Diary, type DiaryEntry } from './diary.tsx';
import { PrimaryButton } from './controls.tsx';
import { KeepCheckpoint } from './keep-checkpoint.tsx';
import { StepAnswer } from './step-answer.tsx';
import { useTrainingTexts } from './texts.ts';

/** A question whose answer is known. */
export interface AnswerKey {
  readonly question: string;
  readonly answer: string;
  readonly accept: readonly string[];
  readonly language: Language;
}

interface AskAtStepProps {
  readonly run: TrainingRunDetail;
  readonly step: number;
  /** The step that is compared with. */
  readonly other: number | null;
  readonly questions: readonly AnswerKey[];
  readonly onStep: (step: number) => void;
  readonly onKept: () => void;
  /** The scrubber once more, where the curve is out of sight. */
  readonly children: ReactNode;
}

const SUGGESTED = 4;
/** How long an answer stands while the checkpoints are leafed through. */
const LEAF_MS = 900;

/** The page of the one who learns: a question, put to the chosen step, and again as soon as another one is chosen. */
export function AskAtStep({ run, step, other, questions, onStep, onKept, children }: AskAtStepProps) {
  const { texts, format } = useTexts();
  const own = useTrainingTexts().asking;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [strength, setStrength] = useState(1);
  const [entries, setEntries] = useState<ReadonlyMap<number, DiaryEntry>>(new Map());
  const [leafing, setLeafing] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const text = typed ?? questions[0]?.question ?? '';
  const key = questions.find(({ question }) => question === asked) ?? null;
  const stops = [0, ...run.checkpointList.map((checkpoint) => checkpoint.step)];

  const put = (question: string) => {
    setTyped(question);
    if (question.trim() === '' || question.trim() === asked) return;
    setAsked(question.trim());
    setEntries(new Map());
    setDone(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put(text);
  };
  const changeStrength = (chosen: number) => {
    setStrength(chosen);
    setEntries(new Map());
  };
  const next = stops.find((stop) => stop > step);
  useEffect(() => {
    if (!leafing || done !== step) return;
    if (next === undefined) return setLeafing(false);
    const timer = setTimeout(() => onStep(next), LEAF_MS);
    return () => clearTimeout(timer);
  }, [leafing, done, step, next, onStep]);

  const nameOf = (at: number) => (at === 0 ? own.untaught : own.atStep(format.count(at)));

  return (
    <article aria-labelledby={`${id}-heading`} data-arm="fine-tuned" className="flex flex-col border-t border-line px-5 py-5 sm:px-10 sm:py-7 min-[60rem]:border-l min-[60rem]:border-t-0 min-[60rem]:bg-[linear-gradient(to_right,var(--shade),transparent_2.75rem)]">
      <header className="flex items-center gap-3">
        <ArmGlyph arm={step === 0 ? 'base' : 'fine-tuned'} className="size-8 shrink-0 text-arm" />
        <h2 id={`${id}-heading`} className="text-[1.65rem] font-bold leading-none tracking-tight text-arm [font-stretch:90%]">
          {texts.arms[step === 0 ? 'base' : 'fine-tuned'].name} <span className="ml-1 text-sm font-medium tracking-normal text-soft tabular-nums [font-stretch:100%]">{nameOf(step)}</span>
        </h2>
      </header>
      <div className="mt-2 -ml-[2.6rem] min-[60rem]:hidden">{children}</div>
      <form onSubmit={submit} noValidate className="mt-4 flex flex-wrap items-end gap-x-3 gap-y-2 border-b-2 border-edge pb-2 focus-within:border-arm">
        <label htmlFor={`${id}-question`} className="sr-only">
          {own.question}
        </label>
        <textarea
          id={`${id}-question`}
          rows={1}
          value={text}
          maxLength={QUESTION_LIMIT}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            put(text);
          }}
          placeholder={own.placeholder}
          autoComplete="off"
          className="min-h-11 min-w-0 grow basis-48 resize-none bg-transparent py-1.5 font-text text-[1.28rem] leading-snug outline-none [field-sizing:content] placeholder:text-soft placeholder:opacity-100"
        />
        <PrimaryButton type="submit" disabled={text.trim() === ''}>
          {own.ask}
        </PrimaryButton>
      </form>
      {questions.length > 0 && (
        <details className="mt-2 text-sm">
          <summary className="w-fit cursor-pointer py-2 text-soft hover:text-ink">{own.suggestions}</summary>
          <ul className="flex flex-wrap gap-2 py-1">
            {questions.slice(0, SUGGESTED).map(({ question }) => (
              <li key={question}>
                <button type="button" onClick={() => put(question)} className="rounded-full border border-edge px-3.5 py-1.5 text-left font-text text-[0.98rem] italic leading-snug hover:border-ink focus-visible:rounded-full">
                  {question}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {/* As tall empty as with an answer, so that moving along the curve moves nothing else. */}
      <div className="mt-4 min-h-[9.5rem]">
        {asked === null ? (
          <p className="max-w-[46ch] font-text text-lg leading-relaxed text-soft text-pretty">{run.checkpointList.length === 0 ? own.promiseEarly : own.promise}</p>
        ) : (
          <StepAnswer
            question={asked}
            answerer={answererAt(run, step, strength)}
            answerKey={key}
            onDone={(answer, right) => {
              setEntries((before) => new Map(before).set(step, { answer, right }));
              setDone(step);
            }}
            onFailed={() => setLeafing(false)}
          />
        )}
      </div>
      {asked !== null && other !== null && (
        <div className="mt-4 min-h-[8rem] border-t border-dashed border-edge pt-4">
          <h3 className="mb-2 font-semibold text-arm">{nameOf(other)}</h3>
          <StepAnswer question={asked} answerer={answererAt(run, other, strength)} answerKey={key} onDone={(answer, right) => setEntries((before) => new Map(before).set(other, { answer, right }))} />
        </div>
      )}
      {asked !== null && key && (
        <p className="mt-2 text-sm text-soft">
          {own.key} <span className="font-text text-[1.02rem] italic text-ink">{key.answer}</span>
        </p>
      )}
      {asked !== null && stops.length > 2 && (
        <Diary
          stops={stops}
          entries={entries}
          step={step}
          onStep={onStep}
          leafing={leafing}
          onLeaf={(start) => {
            setLeafing(start);
            setDone(null);
            if (start) onStep(stops[0]);
          }}
        />
      )}
      <div className="mt-auto pt-5">
        {/* Nothing was taught before the first step; the place stays, so that nothing jumps. */}
        <div className={step === 0 ? 'invisible' : ''}>
          <StrengthSlider value={strength} onChange={changeStrength} />
        </div>
        {step > 0 && <KeepCheckpoint key={step} run={run} step={step} onKept={onKept} />}
      </div>
    </article>
  );
}
