'use client';
import { createContext, useContext } from 'react';
import type { Language } from '@/lib/answer/events.ts';
import { DICTIONARIES, type Dictionary } from './dictionary/dictionary.ts';
import { formatter, type Formatter } from './format.ts';
import { useTimeZone } from './time-zone.tsx';

export const LanguageContext = createContext<Language>('id');

/** The texts and formats of the language the page is in, and of the time zone of its reader. */
export function useTexts(): { language: Language; texts: Dictionary; format: Formatter } {
  const language = useContext(LanguageContext);
  const timeZone = useTimeZone();
  return { language, texts: DICTIONARIES[language], format: formatter(language, timeZone) };
}
