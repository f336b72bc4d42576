'use client';
import type { AnswerProblem } from '@/lib/answer/events.ts';
import { problemText } from './dictionary/problems.ts';
import { useTexts } from './language.tsx';
import { ProblemMessage } from './problem-message.tsx';
import { Remedy } from './remedy.tsx';

/** What the server already knows to be missing, before a question runs into it. */
export function ReadinessNotice({ problems }: { problems: readonly AnswerProblem[] }) {
  const { language, texts } = useTexts();
  if (problems.length === 0) return null;
  return (
    <section className="mb-6 border-l-[3px] border-warning pl-4">
      <h2 className="font-semibold text-warning">{texts.problems}</h2>
      <ul>
        {problems.map((problem) => problemText(problem, language)).map((told, index) => (
          <li key={index} className="mt-1 break-words">
            <ProblemMessage {...told} /> {told.remedy && <Remedy remedy={told.remedy} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
