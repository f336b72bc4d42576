'use client';
import { useRef, useState } from 'react';
import type { ApproachId } from '@/lib/answer/events.ts';
import { armsInOrder, STANDINGS, type RunSummary } from '@/lib/messages/evaluation.ts';
import { problemText } from '../dictionary/problems.ts';
import { useTexts } from '../language.tsx';
import { ProblemMessage } from '../problem-message.tsx';
import { defaultPair, groupsOf } from './arms.ts';
import { ChoiceField, ReportSection } from './parts.tsx';
import { QuestionRow } from './question-row.tsx';
import { useEvaluationTexts } from './texts.ts';
import { PAGE_ROWS, useQuestions, type QuestionChoice } from './use-questions.ts';

/** Every question of a run, those on which two arms disagree first, and ways to find one. */
export function QuestionsSection({ id, run }: { id: string; run: RunSummary }) {
  const texts = useEvaluationTexts();
  const { language, texts: common, format } = useTexts();
  const { arms, seeds } = run.header.settings;
  const pair = defaultPair(arms);
  const [choice, setChoice] = useState<QuestionChoice>({ first: pair?.[0] ?? 'rag', second: pair?.[1] ?? 'fine-tuned', standing: '', kind: '', language: '', search: '', offset: 0 });
  const { page, problem, loading } = useQuestions(id, choice);
  const list = useRef<HTMLUListElement>(null);
  if (pair === null) return null;
  // Another choice begins at its first page.
  const choose = (changed: Partial<QuestionChoice>) => setChoice((before) => ({ ...before, offset: 0, ...changed }));
  const leaf = (offset: number) => {
    choose({ offset });
    list.current?.scrollIntoView({ block: 'start' });
  };
  const names = [common.arms[choice.first].name, common.arms[choice.second].name] as const;
  const armOptions = (other: ApproachId) => armsInOrder(arms).map((arm) => ({ value: arm, label: common.arms[arm].name, disabled: arm === other }));
  const kinds = groupsOf(run.scores).filter((group) => group !== 'all' && !group.startsWith('language:'));
  const all = page ? STANDINGS.reduce((sum, standing) => sum + page.standings[standing], 0) : 0;
  return (
    <ReportSection id="questions" title={texts.questions.title} lead={texts.questions.lead}>
      <div className="mt-5 grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-5">
        <ChoiceField label={texts.questions.first} value={choice.first} onChange={(value) => choose({ first: value as ApproachId })} options={armOptions(choice.second)} />
        <ChoiceField label={texts.questions.second} value={choice.second} onChange={(value) => choose({ second: value as ApproachId })} options={armOptions(choice.first)} />
        <ChoiceField label={texts.questions.kind} value={choice.kind} onChange={(kind) => choose({ kind })} options={[{ value: '', label: texts.questions.all }, ...kinds.map((value) => ({ value, label: texts.groups[value] ?? value }))]} />
        <ChoiceField label={texts.questions.language} value={choice.language} onChange={(language) => choose({ language })} options={[{ value: '', label: texts.questions.all }, ...(['id', 'en'] as const).map((value) => ({ value, label: texts.questions.languages[value] }))]} />
        <label className="col-span-2 block min-w-0 md:col-span-1">
          <span className="block text-sm font-medium text-soft">{texts.questions.search}</span>
          <input type="search" value={choice.search} maxLength={200} onChange={(event) => choose({ search: event.target.value })} className="mt-1 min-h-11 w-full border border-edge bg-paper px-3 py-2" />
        </label>
      </div>
      <div role="group" aria-label={texts.questions.standing} className="-mx-4 mt-4 flex gap-2 overflow-x-auto px-4 py-1 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0">
        {(['', ...STANDINGS] as const).map((standing) => (
          <StandingButton
            key={standing}
            label={standing === '' ? texts.questions.all : texts.questions.standings[standing](...names)}
            count={page ? format.count(standing === '' ? all : page.standings[standing]) : ''}
            arm={standing === 'only-first' ? choice.first : standing === 'only-second' ? choice.second : undefined}
            pressed={choice.standing === standing}
            onPress={() => choose({ standing })}
          />
        ))}
      </div>
      {problem && (
        <p role="alert" className="mt-4 border-l-[3px] border-warning pl-4">
          <ProblemMessage {...problemText(problem, language)} />
        </p>
      )}
      <p aria-live="polite" className="mt-4 text-sm text-soft tabular-nums">
        {page && (page.total === 0 ? texts.questions.none : texts.questions.shown(format.count(choice.offset + 1), format.count(Math.min(choice.offset + PAGE_ROWS, page.total)), format.count(page.total)))}
      </p>
      <ul ref={list} aria-busy={loading} className={`mt-2 scroll-mt-4 border-t-2 border-ink ${loading ? 'opacity-60' : ''}`}>
        {page?.rows.map((row) => <QuestionRow key={`${row.id} ${row.seed}`} row={row} workspace={run.header.subject.workspace} pair={[choice.first, choice.second]} seeds={seeds} />)}
      </ul>
      {page && page.total > PAGE_ROWS && (
        <div className="mt-4 flex gap-3">
          <LeafButton disabled={choice.offset === 0} onClick={() => leaf(Math.max(0, choice.offset - PAGE_ROWS))}>{texts.questions.before}</LeafButton>
          <LeafButton disabled={choice.offset + PAGE_ROWS >= page.total} onClick={() => leaf(choice.offset + PAGE_ROWS)}>{texts.questions.more}</LeafButton>
        </div>
      )}
    </ReportSection>
  );
}

interface StandingButtonProps {
  readonly label: string;
  readonly count: string;
  readonly arm?: ApproachId;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

const StandingButton = ({ label, count, arm, pressed, onPress }: StandingButtonProps) => (
  <button type="button" data-arm={arm} aria-pressed={pressed} onClick={onPress} className="flex min-h-11 shrink-0 items-center gap-2 rounded-full border border-edge px-4 font-medium hover:border-ink focus-visible:rounded-full aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper">
    {arm && <span aria-hidden="true" className="size-2.5 rounded-full bg-arm" />}
    {label} <span className="tabular-nums opacity-75">{count}</span>
  </button>
);

const LeafButton = ({ disabled, onClick, children }: { disabled: boolean; onClick: () => void; children: string }) => (
  <button type="button" disabled={disabled} onClick={onClick} className="min-h-11 border-[1.5px] border-ink px-5 font-semibold hover:bg-paper disabled:opacity-40">
    {children}
  </button>
);

