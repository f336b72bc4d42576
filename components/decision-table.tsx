'use client';
import { SITUATIONS } from './dictionary/dictionary.ts';
import { ArmGlyph } from './glyphs.tsx';
import { useTexts } from './language.tsx';

/** Four situations and the approach that suits each. */
export function DecisionTable() {
  const { texts } = useTexts();
  return (
    <section aria-labelledby="decision-heading" className="mt-20 grid gap-x-12 gap-y-6 lg:grid-cols-[17rem_1fr]">
      <div>
        <h2 id="decision-heading" className="text-[clamp(2rem,4.4vw,3.4rem)] font-bold leading-none tracking-[-0.03em] text-balance [font-stretch:88%]">
          {texts.decision.title}
        </h2>
        <p className="mt-3 font-text text-lg">{texts.decision.lead}</p>
      </div>
      <ul className="border-t-2 border-ink">
        {SITUATIONS.map((id) => {
          const { situation, choice, because } = texts.decision.situations[id];
          return (
            <li key={id} data-arm={choice} className="grid gap-x-8 gap-y-2 border-b border-edge py-5 sm:grid-cols-[1fr_13rem]">
              <div>
                <h3 className="text-xl font-semibold leading-snug tracking-tight">{situation}</h3>
                <p className="mt-1 font-text text-[1.05rem] text-soft">{because}</p>
              </div>
              <p className="flex items-center gap-2.5 text-lg font-bold text-arm">
                <ArmGlyph arm={choice} className="size-7 shrink-0" />
                <span>
                  {texts.arms[choice].name} <span className="block text-sm font-medium text-soft">{texts.arms[choice].term}</span>
                </span>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
