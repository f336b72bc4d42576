'use client';
import { useEffect } from 'react';
import { detectLanguage } from '@/lib/question/language.ts';
import { Announcer } from '../announcer.tsx';
import { isUnderWay } from '../comparison-state.ts';
import { useTexts } from '../language.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import type { AnswerKey } from './ask-at-step.tsx';
import { useTrainingTexts } from './texts.ts';
import { useAnswer, type Answerer } from './use-answer.ts';

interface StepAnswerProps {
  readonly question: string;
  readonly answerer: Answerer;
  readonly answerKey: AnswerKey | null;
  /** @param right whether it says the same as the key, word for word; `null` without a key. */
  readonly onDone: (answer: string, right: boolean | null) => void;
  readonly onFailed?: () => void;
}

/** One answer, kept in place while the next one is on its way. */
export function StepAnswer({ question, answerer, answerKey, onDone, onFailed }: StepAnswerProps) {
  const { texts, format } = useTexts();
  const own = useTrainingTexts().asking;
  const { pane, text, stale, retry } = useAnswer(question, answerer);
  const finished = pane.phase === 'done';
  const right = finished && answerKey ? [answerKey.answer, ...answerKey.accept].some((accepted) => plain(accepted) === plain(text)) : null;
  useEffect(() => {
    if (finished) onDone(text, right);
    // Told once for each answer; the listener may be a new function every time.
  }, [finished, text, right, answerer.adapter, answerer.approach, answerer.strength]);
  useEffect(() => {
    if (pane.phase === 'failed') onFailed?.();
  }, [pane.phase]);
  return (
    <div aria-busy={isUnderWay(pane)} data-phase={pane.phase}>
      <p data-testid="step-answer" lang={text ? detectLanguage(question) : undefined} hidden={pane.phase === 'failed'} className={`max-w-[62ch] font-text text-[1.28rem] leading-[1.55] whitespace-pre-wrap break-words ${stale ? 'text-soft' : ''} ${isUnderWay(pane) ? 'pen' : ''}`}>
        {text || (finished ? <span className="text-soft">{texts.emptyAnswer}</span> : '')}
      </p>
      <Announcer arms={[answerer.approach]} panes={{ [answerer.approach]: pane }} />
      {pane.problem && <ProblemNotice problem={pane.problem} onRetry={retry} />}
      <p className="mt-2 min-h-[1lh] text-sm text-soft tabular-nums">
        {right !== null && <span className={right ? 'font-semibold text-arm' : ''}>{right ? own.same : own.differs}</span>}
        {right !== null && finished && ' · '}
        {finished && pane.timings && own.took(format.duration(pane.timings.totalMs))}
      </p>
    </div>
  );
}

/** What does not count when an answer is held against its key: capitals, punctuation at the ends, spaces. */
const plain = (text: string) => text.toLowerCase().normalize('NFC').replace(/\s+/g, ' ').replace(/^[\s.,;:!?"']+|[\s.,;:!?"']+$/g, '');
