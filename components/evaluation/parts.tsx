'use client';
import type { ReactNode } from 'react';
import type { ApproachId } from '@/lib/answer/events.ts';
import { ArmGlyph } from '../glyphs.tsx';
import { useTexts } from '../language.tsx';

/** A part of the report with its heading and what it shows. */
export function ReportSection({ id, title, lead, children }: { id: string; title: string; lead?: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mt-16">
      <div className="grid items-end gap-x-12 gap-y-3 lg:grid-cols-[1fr_1fr]">
        <h2 id={id} className="text-[clamp(1.9rem,3.8vw,2.9rem)] font-bold leading-none tracking-[-0.03em] [font-stretch:88%]">
          {title}
        </h2>
        {lead && <p className="max-w-[56ch] font-text text-lg leading-relaxed text-pretty">{lead}</p>}
      </div>
      {children}
    </section>
  );
}

/** The arm's name in its ink, with the term of the field. */
export function ArmLabel({ arm, term = true }: { arm: ApproachId; term?: boolean }) {
  const { texts } = useTexts();
  return (
    <span data-arm={arm} className="inline-flex items-center gap-2 font-semibold text-arm">
      <ArmGlyph arm={arm} className="size-5 shrink-0" />
      <span>
        {texts.arms[arm].name} {term && <span className="text-sm font-medium text-soft">{texts.arms[arm].term}</span>}
      </span>
    </span>
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
}

export function ChoiceField({ label, value, onChange, options }: ChoiceFieldProps) {
  return (
    <label className="block min-w-0">
      <span className="block text-sm font-medium text-soft">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)} className="mt-1 min-h-11 w-full max-w-full truncate border border-edge bg-paper px-3 py-2">
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
