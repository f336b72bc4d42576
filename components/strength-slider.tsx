'use client';
import { useId } from 'react';
import { STRENGTH_LIMIT } from '@/lib/question/limit.ts';
import { TEACHING_TEXTS } from './dictionary/teaching.ts';
import { LabelledRange } from './labelled-range.tsx';
import { useTexts } from './language.tsx';

interface StrengthSliderProps {
  /** 0 to 1.5; 1 is as it was taught. */
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** How much of what was taught is felt: at 0 nothing of it, bit for bit, and what lies beneath it answers. */
export function StrengthSlider({ value, onChange }: StrengthSliderProps) {
  const { language, format } = useTexts();
  const texts = TEACHING_TEXTS[language];
  const id = useId();
  const shown = format.decimal(value, 2);
  const meaning = value === 0 ? texts.zero : value === 1 ? texts.one : value < 1 ? texts.less : texts.more;
  return (
    <LabelledRange
      label={texts.strength}
      shown={shown}
      min={0}
      max={STRENGTH_LIMIT}
      step={0.05}
      value={value}
      list={`${id}-marks`}
      aria-valuetext={`${shown}: ${meaning}`}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      <datalist id={`${id}-marks`}>
        <option value={0} />
        <option value={1} />
      </datalist>
      <p className={`min-h-[1lh] text-sm ${value === 0 ? 'font-medium text-arm' : 'text-soft'}`}>
        {meaning}
      </p>
    </LabelledRange>
  );
}
