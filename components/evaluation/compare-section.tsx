'use client';
import { armsInOrder, type RunComparison } from '@/lib/messages/evaluation.ts';
import { useTexts } from '../language.tsx';
import { ArmLabel, ReportSection } from './parts.tsx';
import { reportFormat, useEvaluationTexts } from './texts.ts';

/** What has changed from one run to another, on the questions they share. */
export function CompareSection({ comparison, names }: { comparison: RunComparison; names: { readonly before: string; readonly after: string } }) {
  const texts = useEvaluationTexts();
  const { language, format } = useTexts();
  const { share, points, p } = reportFormat(language);
  const { compare } = texts;
  return (
    <ReportSection id="compare" title={compare.title} lead={comparison.shared === 0 ? compare.nothing : compare.lead(format.count(comparison.shared))}>
      <p className="mt-4 text-sm text-soft">
        {compare.before}: <strong className="text-ink">{names.before}</strong> · {compare.after}: <strong className="text-ink">{names.after}</strong>
      </p>
      {comparison.otherMarking > 0 && <p className="mt-1 text-sm font-medium">{compare.otherMarking(format.count(comparison.otherMarking))}</p>}
      {comparison.otherKind > 0 && <p className="mt-1 text-sm font-medium">{compare.otherKind(format.count(comparison.otherKind))}</p>}
      {comparison.otherCode && <p className="mt-1 text-sm font-medium">{compare.otherCode}</p>}
      <div className="mt-4 border-t-2 border-ink">
        {[...new Set(comparison.entries.map(({ group }) => group))].map((group) => (
          <section key={group} aria-label={texts.groups[group] ?? group} className="grid gap-x-8 gap-y-2 border-b border-edge py-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
            <h3 className="text-lg font-bold leading-tight tracking-tight">{texts.groups[group] ?? group}</h3>
            <ul className="grid gap-y-3">
              {armsInOrder(comparison.entries.map(({ arm }) => arm)).flatMap((arm) => comparison.entries.find((entry) => entry.arm === arm && entry.group === group) ?? []).map((entry) => (
                <li key={entry.arm} data-arm={entry.arm} className="grid items-baseline gap-x-6 gap-y-0.5 tabular-nums sm:grid-cols-[13.5rem_11rem_minmax(0,1fr)]">
                  <ArmLabel arm={entry.arm} term={false} />
                  <span>
                    {share(entry.accuracy[0])} → <strong>{share(entry.accuracy[1])}</strong>
                  </span>
                  <span className="text-sm">
                    <strong>
                      {points(entry.difference.value)} {texts.pairs.points}
                    </strong>{' '}
                    <span className="text-soft">
                      ({texts.accuracy.interval(points(entry.difference.low), points(entry.difference.high))}) · {format.count(entry.onlySecond)} {compare.gained}, {format.count(entry.onlyFirst)} {compare.lost} · n {format.count(entry.n)} · {texts.pairs.byFact} {p(entry.pClustered)} · {texts.pairs.holm} {p(entry.pHolm)}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </ReportSection>
  );
}
