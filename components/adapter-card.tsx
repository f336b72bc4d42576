'use client';
import type { AdapterSummary } from '@/lib/answer/events.ts';
import { Day } from './day.tsx';
import { useTexts } from './language.tsx';

/** What an adapter learned from and how it did on questions kept out of training. */
export function AdapterCard({ adapter, readsPassages }: { adapter: AdapterSummary; readsPassages: boolean }) {
  const { texts, format } = useTexts();
  const facts = [
    { name: texts.adapter.heldOutExactMatch, value: format.share(adapter.heldOutExactMatch) },
    { name: texts.adapter.heldOutLoss, value: format.decimal(adapter.heldOutLoss, 3) },
    { name: texts.adapter.rank, value: format.count(adapter.rank) },
    { name: texts.adapter.layers, value: format.count(adapter.trainedLayers) },
    { name: texts.adapter.epochs, value: format.count(adapter.epochs) },
    { name: texts.adapter.trainingTime, value: format.duration(adapter.trainingSeconds === null ? null : adapter.trainingSeconds * 1000) },
  ];
  return (
    <section className="pt-5 pb-4">
      <h3 className="font-semibold">{texts.adapter.title}</h3>
      <p className="mt-1.5 font-text text-[1.02rem] break-words">
        {adapter.examples !== null && `${texts.adapter.trainedOn(format.count(adapter.examples))} · `}
        <span className="italic">{adapter.name}</span> · <Day iso={adapter.createdAt} />
      </p>
      <dl className="mt-2 tabular-nums">
        {facts.map(({ name, value }) => (
          <div key={name} className="flex justify-between gap-4 border-b border-line py-1.5 text-[0.95rem]">
            <dt className="text-soft">{name}</dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      {!readsPassages && <p className="mt-3 text-sm text-soft">{texts.adapter.noPassages}</p>}
    </section>
  );
}
