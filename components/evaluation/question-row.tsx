'use client';
import Link from 'next/link';
import type { ApproachId, Language } from '@/lib/answer/events.ts';
import { armsInOrder, type EvaluationRow, type ScoredAnswer, type Standing } from '@/lib/messages/evaluation.ts';
import { problemText } from '../dictionary/problems.ts';
import { useTexts } from '../language.tsx';
import { ProblemMessage } from '../problem-message.tsx';
import { ArmLabel } from './parts.tsx';
import { useEvaluationTexts } from './texts.ts';

interface QuestionRowProps {
  readonly row: EvaluationRow & { readonly standing: Standing };
  readonly workspace: string | null;
  /** The two that are compared come first. */
  readonly pair: readonly [ApproachId, ApproachId];
  readonly seeds: number;
}

/** One question with what is accepted and what every arm said. */
export function QuestionRow({ row, workspace, pair, seeds }: QuestionRowProps) {
  const texts = useEvaluationTexts();
  const others = armsInOrder(Object.keys(row.arms) as ApproachId[]).filter((arm) => !pair.includes(arm));
  return (
    <li className="border-b border-edge py-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 lang={row.language} className="min-w-0 grow basis-80 font-text text-xl leading-snug break-words">
          {row.question}
        </h3>
        {workspace !== null && (
          <Link href={askAddress(row.question, workspace)} prefetch={false} className="inline-flex min-h-11 items-center font-semibold underline decoration-edge underline-offset-4 hover:decoration-ink">
            {texts.questions.open}
            <span className="sr-only">: {row.question}</span>
          </Link>
        )}
      </div>
      <p className="text-sm text-soft">
        {texts.groups[row.kind] ?? row.kind}
        {row.meantAs !== undefined && ` (${texts.groups[row.meantAs] ?? row.meantAs})`}
        {seeds > 1 && ` · ${texts.questions.seed(row.seed)}`}
        {row.leak && row.kind !== 'changed' && row.meantAs !== undefined && (
          <>
            {' · '}
            <span className="font-medium text-warning">
              {texts.leaks.badge}, {texts.leaks.levels[row.leak.level]}
            </span>{' '}
            {texts.leaks.trained}: <q lang={row.language}>{row.leak.trained}</q>
          </>
        )}
      </p>
      <p className="mt-1 font-text break-words">
        {row.answers.length === 0 ? <span className="text-soft">{texts.questions.unanswerable}</span> : <><span className="font-ui text-sm text-soft">{texts.questions.accepted}: </span><span lang={row.language}>{row.answers.join(' · ')}</span></>}
      </p>
      <dl className="mt-3 grid gap-x-8 gap-y-3 md:grid-cols-2">
        {[...pair, ...others].map((arm) => {
          const answer = row.arms[arm];
          return answer && <Answer key={arm} arm={arm} answer={answer} language={row.language} minor={!pair.includes(arm)} />;
        })}
      </dl>
    </li>
  );
}

export const askAddress = (question: string, workspace: string): string => `/?${new URLSearchParams({ q: question, workspace })}`;

function Answer({ arm, answer, language, minor }: { arm: ApproachId; answer: ScoredAnswer; language: Language; minor: boolean }) {
  const texts = useEvaluationTexts();
  const { language: own, format } = useTexts();
  const verdict = answer.problem ? texts.questions.failed : answer.right ? texts.questions.right : texts.questions.wrong;
  const notes = [
    answer.refused ? texts.questions.refused : null,
    answer.outdated ? texts.questions.outdated : null,
    answer.f1 !== null && !answer.right ? `${texts.questions.f1} ${format.decimal(answer.f1, 2)}` : null,
  ].filter((note) => note !== null);
  return (
    <div data-arm={arm} className="min-w-0 border-l-[3px] border-arm pl-4">
      <dt className="flex flex-wrap items-center gap-x-3">
        <ArmLabel arm={arm} term={false} />
        <span className={`text-sm font-semibold ${answer.right ? '' : 'text-warning'}`}>
          <span aria-hidden="true">{answer.right ? '✓' : '✗'}</span> {verdict}
        </span>
        {notes.length > 0 && <span className="text-sm text-soft">{notes.join(' · ')}</span>}
      </dt>
      <dd lang={answer.problem || answer.answer === '' ? undefined : language} className={`mt-0.5 font-text leading-snug break-words whitespace-pre-wrap ${minor ? 'text-soft' : 'text-[1.08rem]'}`}>
        {answer.problem ? <ProblemMessage {...problemText(answer.problem, own)} /> : answer.answer || <span className="text-soft">{texts.questions.empty}</span>}
      </dd>
      {answer.drafts?.slice(1).filter(({ text }) => text !== answer.answer).map(({ taught, text }) => (
        <dd key={String(taught)} className="mt-0.5 text-sm break-words text-soft">
          {texts.questions.notKept(taught)}: <q lang={language}>{text}</q>
        </dd>
      ))}
    </div>
  );
}
