'use client';
import type { Language } from '@/lib/answer/events.ts';
import { EVALUATION_TEXTS, type EvaluationTexts } from '../dictionary/evaluation.ts';
import { useTexts } from '../language.tsx';

/** The texts of this page. They are no part of the common dictionary, so that the other pages need not load them. */
export const useEvaluationTexts = (): EvaluationTexts => EVALUATION_TEXTS[useTexts().language];

export interface ReportFormat {
  /** A share in percent with one digit; from 1 % of nothing to all. */
  share(value: number): string;
  /** A difference of shares in percentage points, with its sign. */
  points(value: number): string;
  p(value: number): string;
}

/** Figures of a report, finer than those of the page's other tables. */
export function reportFormat(language: Language): ReportFormat {
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  // Rounded as the README's table is (lib/evaluate/markdown.ts): a locale rounds 79.85 up, toFixed what the number is in binary, a hair below.
  const fixed = (value: number, digits: number): string => Number(value.toFixed(digits)).toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return {
    share: (value) => `${fixed(100 * value, 1)} %`,
    points: (value) => `${value < 0 ? '−' : '+'}${fixed(Math.abs(100 * value), 1)}`,
    p: (value) => (value < 0.001 ? `< ${fixed(0.001, 3)}` : fixed(value, 3)),
  };
}
