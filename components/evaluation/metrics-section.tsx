'use client';
import { useState } from 'react';
import { armsInOrder, countTimed, METRIC_IDS, type Estimate, type GroupScores, type MetricId } from '@/lib/messages/evaluation.ts';
import { useTexts } from '../language.tsx';
import { groupsOf } from './arms.ts';
import { ArmLabel, ChoiceField, ReportSection } from './parts.tsx';
import { reportFormat, useEvaluationTexts } from './texts.ts';

/** Every other metric, a column an arm; on a narrow screen each metric becomes a card. `someTimed`: times are of those answers only that were asked for alone. */
export function MetricsSection({ scores, someTimed }: { scores: readonly GroupScores[]; someTimed: boolean }) {
  const texts = useEvaluationTexts();
  const { format } = useTexts();
  const [group, setGroup] = useState('all');
  const arms = armsInOrder(scores.map(({ arm }) => arm));
  const of = (arm: string) => scores.find((each) => each.arm === arm && each.group === group)?.metrics;
  const lines = METRIC_IDS.filter((id) => id !== 'accuracy' && arms.some((arm) => of(arm)?.[id]?.value != null));
  const timed = countTimed(scores);
  return (
    <ReportSection id="metrics" title={texts.metrics.title} lead={texts.metrics.lead}>
      <div className="mt-5 max-w-80">
        <ChoiceField label={texts.group} value={group} onChange={setGroup} options={groupsOf(scores).map((value) => ({ value, label: texts.groups[value] ?? value }))} />
      </div>
      {/* Explicit roles, because changing `display` takes a table's own away in some browsers. */}
      <table role="table" aria-labelledby="metrics" className="mt-5 block w-full border-t-2 border-ink text-left md:table md:table-fixed">
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row">
            <th role="columnheader" scope="col" className="w-[27%] py-3 pr-4 font-medium text-soft">
              {texts.metrics.metric}
            </th>
            {arms.map((arm) => (
              <th key={arm} role="columnheader" scope="col" className="px-3 py-3 align-bottom leading-tight">
                <ArmLabel arm={arm} term={false} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {lines.map((id) => (
            <tr key={id} role="row" className="mt-3 block bg-paper p-4 align-top md:table-row md:bg-transparent md:p-0">
              <th role="rowheader" scope="row" className="block md:table-cell md:border-t md:border-line md:py-2.5 md:pr-4">
                <span className="font-semibold">{texts.metrics.names[id].name}</span> <span className="block text-sm font-normal leading-snug text-soft">{texts.metrics.names[id].meaning}</span>
              </th>
              {arms.map((arm) => (
                <td key={arm} role="cell" data-arm={arm} className="mt-2 flex flex-wrap items-baseline justify-between gap-x-4 md:mt-0 md:table-cell md:border-t md:border-line md:bg-paper md:px-3 md:py-2.5">
                  <span className="md:hidden">
                    <ArmLabel arm={arm} term={false} />
                  </span>
                  <EstimateText id={id} estimate={of(arm)?.[id]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {someTimed && timed > 0 && <p className="mt-3 text-sm text-soft">{texts.metrics.timed(format.count(timed))}</p>}
    </ReportSection>
  );
}

function EstimateText({ id, estimate }: { id: MetricId; estimate: Estimate | undefined }) {
  const texts = useEvaluationTexts();
  const { language, format } = useTexts();
  const { share } = reportFormat(language);
  if (estimate === undefined || estimate.value === null)
    return (
      <span className="text-sm leading-snug text-soft">
        {texts.metrics.inapplicable}
        {estimate && `: ${texts.metrics.reasons[estimate.reason]}`}
      </span>
    );
  const show = (value: number): string => (id.endsWith('-ms') ? format.duration(value) : id === 'tokens-per-second' ? format.decimal(value, 0) : share(value));
  return (
    <span className="tabular-nums">
      <strong className="font-bold">{show(estimate.value)}</strong>{' '}
      <span className="text-sm text-soft md:block">
        {texts.accuracy.interval(show(estimate.low), show(estimate.high))} · n {format.count(estimate.n)}
        {estimate.seedDeviation !== undefined && ` · ± ${show(estimate.seedDeviation)}`}
      </span>
    </span>
  );
}
