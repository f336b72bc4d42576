'use client';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { problemText } from './dictionary/problems.ts';
import { useTexts } from './language.tsx';
import { ProblemMessage } from './problem-message.tsx';
import { isCommand } from './remedy.tsx';

/** What went wrong with one answer and the step that mends it. */
export function ProblemNotice({ problem, onRetry }: { problem: AnswerProblem; onRetry: () => void }) {
  const { language, texts } = useTexts();
  const told = problemText(problem, language);
  const { remedy } = told;
  return (
    <div className="mt-3 max-w-[62ch] border-l-[3px] border-warning pl-4">
      <h3 className="font-semibold text-warning">{texts.problem.title}</h3>
      <p className="mt-1 break-words">
        <ProblemMessage {...told} />
      </p>
      {remedy && !isCommand(remedy) && <p className="mt-2 break-words">{remedy}</p>}
      {remedy && isCommand(remedy) && (
        <p className="mt-2">
          <span className="text-sm text-soft">{texts.problem.remedy}</span>
          <code className="mt-0.5 block bg-desk px-3 py-2 font-mono text-[0.92em] break-words select-all">{remedy}</code>
        </p>
      )}
      <button type="button" onClick={onRetry} className="mt-3 h-10 border-[1.5px] border-ink px-4 font-semibold hover:bg-desk">
        {texts.problem.retry}
      </button>
    </div>
  );
}
