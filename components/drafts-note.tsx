'use client';
import { MEMORY_MARGIN, type Draft, type Language } from '@/lib/answer/events.ts';
import { useTexts } from './language.tsx';

/** What an answer was chosen from, the kept one first. @param spoken the language of its question. */
export function DraftsNote({ drafts, spoken }: { readonly drafts: readonly Draft[]; readonly spoken: Language }) {
  const { texts, format } = useTexts();
  if (drafts.length === 0) return null;
  if (drafts.every(({ text }) => text === drafts[0].text)) return <p className="mt-3 text-sm text-soft">{texts.drafts.same}</p>;
  return (
    <section className="mt-4 max-w-[62ch] border-l-[3px] border-arm pl-4 text-sm">
      <h3 className="text-soft">{texts.drafts.title(format.decimal(MEMORY_MARGIN, 1))}</h3>
      <dl>
        {drafts.map(({ taught, text, leastLikely, ruledOut }, order) => (
          <div key={String(taught)} className="mt-2 flex flex-wrap justify-between gap-x-4 text-soft">
            <dt className={order === 0 ? 'font-semibold text-ink' : ''}>
              {taught ? texts.drafts.taught : texts.drafts.untaught}
              {order === 0 && ` · ${texts.drafts.kept}`}
              {ruledOut && ` · ${texts.drafts.ruledOut[ruledOut]}`}
            </dt>
            <dd className="tabular-nums">{texts.drafts.leastLikely(format.share(leastLikely))}</dd>
            {/* What the kept one says stands above. */}
            {order > 0 && (
              <dd lang={text === '' ? undefined : spoken} className="basis-full font-text text-base break-words">
                {text || texts.emptyAnswer}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
