'use client';
import { useId, type InputHTMLAttributes, type ReactNode } from 'react';

interface LabelledRangeProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'type' | 'className'> {
  readonly label: string;
  /** The value as a person reads it. */
  readonly shown: string;
  readonly children?: ReactNode;
}

/** A slider with its name on the left and its value on the right. */
export function LabelledRange({ label, shown, children, ...input }: LabelledRangeProps) {
  const id = useId();
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        <output htmlFor={id} className="font-semibold tabular-nums">
          {shown}
        </output>
      </div>
      <input {...input} id={id} type="range" className="mt-1 h-9 w-full accent-[var(--arm)]" />
      {children}
    </div>
  );
}
