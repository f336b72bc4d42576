'use client';
import type { ApproachId } from '@/lib/answer/events.ts';
import { answersOf, armsInOrder, leaksOfNew, partAsked, type RunSummary } from '@/lib/messages/evaluation.ts';
import { Day } from '../day.tsx';
import { useTexts } from '../language.tsx';
import { useEvaluationTexts } from './texts.ts';

/** What a reader must know before the figures: how many questions, whether all of them, how many were trained, how many answers failed, and which arms are `mixed`: not one thing all along. */
export function RunNotes({ run: { header, leaks, finishedAt, answered, scores }, mixed }: { run: RunSummary; mixed: readonly ApproachId[] }) {
  const texts = useEvaluationTexts();
  const { texts: common, format } = useTexts();
  const all = scores.find(({ group }) => group === 'all');
  const accuracy = all?.metrics.accuracy;
  const facts = accuracy == null || accuracy.value === null ? null : accuracy.clusters;
  const failing = armsInOrder(scores.map(({ arm }) => arm)).flatMap((arm) => scores.filter((each) => each.arm === arm && each.group === 'all' && each.failures > 0));
  const { first, sample, left } = partAsked(header);
  const meantNew = leaksOfNew(leaks);
  const moved = meantNew.reduce((total, { found }) => total + found, 0);
  return (
    <ul className="mt-4 grid gap-1 text-sm">
      <li className="text-soft">
        <Day iso={header.startedAt} /> · {texts.about.questions(format.count(all?.questions ?? 0), format.count(facts), all?.answers === undefined ? null : format.count(all.answers))}
      </li>
      {first !== null && <li className="font-medium">{texts.about.first(format.count(first), format.count(header.questionsInAll))}</li>}
      {sample !== null && <li className="font-medium">{texts.about.sample(format.count(sample), format.count(left))}</li>}
      {finishedAt === null && (
        <li className="font-medium text-warning">
          {texts.runs.stopped(format.count(answered), format.count(header.planned))}. {texts.about.resume}: <code className="font-mono break-all select-all">npm run eval -- --resume {header.id}</code>
        </li>
      )}
      {mixed.length > 0 && <li className="font-medium text-warning">{texts.runs.mixed(armsInOrder(mixed).map((arm) => common.arms[arm].name).join(', '))}</li>}
      {failing.map((each) => (
        <li key={each.arm} className="font-medium text-warning">
          {texts.runs.failed(common.arms[each.arm].name, format.count(each.failures), format.count(answersOf(each)))}
        </li>
      ))}
      <li className="text-soft">{header.trainingHash === null ? texts.leaks.unknown : moved === 0 ? texts.leaks.none : texts.leaks.some(format.count(moved), format.count(meantNew.reduce((total, { questions }) => total + questions, 0)))}</li>
    </ul>
  );
}
