'use client';
import { armsInOrder, type GroupScores } from '@/lib/messages/evaluation.ts';
import { useTexts } from '../language.tsx';
import { groupsOf } from './arms.ts';
import { IntervalLine } from './interval-line.tsx';
import { ArmLabel, ReportSection } from './parts.tsx';
import { reportFormat, useEvaluationTexts } from './texts.ts';

/** Each kind of question with the share every arm has right. */
export function AccuracySection({ scores }: { scores: readonly GroupScores[] }) {
  const texts = useEvaluationTexts();
  const { language, format } = useTexts();
  const { share } = reportFormat(language);
  const arms = armsInOrder(scores.map(({ arm }) => arm));
  return (
    <ReportSection id="accuracy" title={texts.accuracy.title} lead={texts.accuracy.lead}>
      <div className="mt-6 border-t-2 border-ink">
        {groupsOf(scores).map((group) => {
          const ofGroup = arms.flatMap((arm) => scores.find((each) => each.arm === arm && each.group === group) ?? []);
          return (
            <section key={group} aria-labelledby={`accuracy-${group}`} className="grid gap-x-8 gap-y-2 border-b border-edge py-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
              <h3 id={`accuracy-${group}`} className="text-lg font-bold leading-tight tracking-tight">
                {texts.groups[group] ?? group} <span className="block text-sm font-medium tracking-normal text-soft">{texts.accuracy.count(format.count(ofGroup[0]?.questions), ofGroup[0]?.answers === undefined ? null : format.count(ofGroup[0].answers))}</span>
              </h3>
              <ul className="grid gap-y-2.5 sm:gap-y-1">
                {ofGroup.map(({ arm, metrics }) => {
                  const accuracy = metrics.accuracy;
                  return (
                    <li key={arm} data-arm={arm} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 sm:grid-cols-[13.5rem_minmax(0,1fr)_11.5rem]">
                      <ArmLabel arm={arm} term={false} />
                      {accuracy == null || accuracy.value === null ? (
                        <span className="text-soft sm:col-span-2">{texts.metrics.inapplicable}</span>
                      ) : (
                        <>
                          <span className="order-last col-span-2 sm:order-none sm:col-span-1">
                            <IntervalLine value={accuracy.value} low={accuracy.low} high={accuracy.high} />
                          </span>
                          <span className="text-right tabular-nums">
                            <strong className="font-bold">{share(accuracy.value)}</strong> <span className="text-sm text-soft">({texts.accuracy.interval(share(accuracy.low).replace(' %', ''), share(accuracy.high).replace(' %', ''))})</span>
                          </span>
                        </>
                      )}
                    </li>
                  );
                })}
              </ul>
            </section>
          );
        })}
      </div>
    </ReportSection>
  );
}
