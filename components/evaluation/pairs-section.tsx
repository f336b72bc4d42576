'use client';
import { useState } from 'react';
import type { PairResult } from '@/lib/messages/evaluation.ts';
import { useTexts } from '../language.tsx';
import { ArmLabel, ChoiceField, ReportSection } from './parts.tsx';
import { reportFormat, useEvaluationTexts } from './texts.ts';

/** Pairs of arms on the same questions: who is right alone, by how much, and whether the sample can tell. */
export function PairsSection({ pairs }: { pairs: readonly PairResult[] }) {
  const texts = useEvaluationTexts();
  const { language, format } = useTexts();
  const { share, points, p } = reportFormat(language);
  const [group, setGroup] = useState('all');
  const groups = [...new Set(pairs.map((pair) => pair.group))];
  if (pairs.length === 0) return null;
  return (
    <ReportSection id="pairs" title={texts.pairs.title} lead={texts.pairs.lead}>
      <div className="mt-5 max-w-80">
        <ChoiceField label={texts.group} value={group} onChange={setGroup} options={groups.map((value) => ({ value, label: texts.groups[value] ?? value }))} />
      </div>
      <ul className="mt-5 border-t-2 border-ink">
        {pairs.filter((pair) => pair.group === group).map((pair) => (
          <li key={`${pair.first} ${pair.second}`} className="grid gap-x-8 gap-y-3 border-b border-edge py-4 lg:grid-cols-[15rem_minmax(0,1fr)_minmax(0,26rem)]">
            <p className="grid content-start gap-1 leading-tight">
              <ArmLabel arm={pair.first} term={false} />
              <ArmLabel arm={pair.second} term={false} />
            </p>
            <Tally pair={pair} />
            <dl className="grid grid-cols-2 content-start gap-x-6 gap-y-1 text-sm tabular-nums sm:grid-cols-3 lg:grid-cols-2">
              <Figure name={texts.pairs.difference} value={`${points(pair.difference.value)} ${texts.pairs.points}`} note={texts.accuracy.interval(points(pair.difference.low), points(pair.difference.high))} strong />
              <Figure name={texts.pairs.smallest} value={`${share(pair.smallestDifference).replace(' %', '')} ${texts.pairs.points}`} />
              <Figure name={texts.pairs.mcnemar} value={p(pair.p)} />
              <Figure name={texts.pairs.byFact} value={p(pair.pClustered)} />
              <Figure name={texts.pairs.holm} value={p(pair.pHolm)} strong={pair.pHolm < 0.05} />
            </dl>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-soft">{texts.pairs.tests(format.count(pairs.length))}</p>
    </ReportSection>
  );
}

/** The four outcomes as one strip, in the inks of the two arms. */
function Tally({ pair }: { pair: PairResult }) {
  const { standings } = useEvaluationTexts().questions;
  const { texts, format } = useTexts();
  const [first, second] = [texts.arms[pair.first].name, texts.arms[pair.second].name];
  const parts = [
    { key: 'only-first', arm: pair.first, count: pair.onlyFirst, name: standings['only-first'](first, second), tone: 'bg-arm' },
    { key: 'only-second', arm: pair.second, count: pair.onlySecond, name: standings['only-second'](first, second), tone: 'bg-arm' },
    { key: 'both-right', arm: undefined, count: pair.bothRight, name: standings['both-right'](first, second), tone: 'bg-edge' },
    { key: 'both-wrong', arm: undefined, count: pair.bothWrong, name: standings['both-wrong'](first, second), tone: 'border border-edge' },
  ];
  return (
    <div>
      <div aria-hidden="true" className="flex h-4 gap-px">
        {parts.map(({ key, arm, count, tone }) => count > 0 && <span key={key} data-arm={arm} className={tone} style={{ flexGrow: count, flexBasis: 0 }} />)}
      </div>
      <ul className="mt-2 grid gap-x-5 gap-y-0.5 text-sm sm:grid-cols-2">
        {parts.map(({ key, arm, count, name, tone }) => (
          <li key={key} className="flex items-baseline gap-2">
            <span aria-hidden="true" data-arm={arm} className={`inline-block size-2.5 shrink-0 ${tone}`} />
            {name} <strong className="ml-auto tabular-nums">{format.count(count)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Figure({ name, value, note, strong = false }: { name: string; value: string; note?: string; strong?: boolean }) {
  return (
    <div>
      <dt className="text-soft">{name}</dt>
      <dd className={strong ? 'font-bold' : 'font-medium'}>
        {value} {note && <span className="block font-normal text-soft">{note}</span>}
      </dd>
    </div>
  );
}
