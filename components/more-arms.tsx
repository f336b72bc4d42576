'use client';
import type { ApproachId } from '@/lib/answer/events.ts';
import { MORE_ARMS } from './arms.ts';
import { TEACHING_TEXTS } from './dictionary/teaching.ts';
import { ArmGlyph } from './glyphs.tsx';
import { useTexts } from './language.tsx';

/** The two arms that are not on the page from the start, one press away. */
export function MoreArms({ shown, onToggle }: { shown: readonly ApproachId[]; onToggle: (arm: ApproachId) => void }) {
  const { language, texts } = useTexts();
  const own = TEACHING_TEXTS[language];
  return (
    <div role="group" aria-label={own.arms} className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <span className="text-soft">{own.arms}</span>
      {MORE_ARMS.map((arm) => {
        const { name, term } = texts.arms[arm];
        const open = shown.includes(arm);
        return (
          <button
            key={arm}
            type="button"
            data-arm={arm}
            aria-pressed={open}
            onClick={() => onToggle(arm)}
            className="flex min-h-10 items-center gap-2 border border-edge px-3 font-semibold text-arm hover:border-arm hover:bg-paper aria-pressed:border-arm aria-pressed:bg-paper"
          >
            <ArmGlyph arm={arm} className="size-5 shrink-0" />
            {name} <span className="font-medium text-soft max-sm:hidden">{term}</span>
            <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5" stroke="currentColor" strokeWidth="1.75">
              <path d={open ? 'M1 5h8' : 'M1 5h8M5 1v8'} />
            </svg>
          </button>
        );
      })}
    </div>
  );
}
