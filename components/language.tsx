'use client';
import { createContext, useContext } from 'react';
import type { Language } from '@/lib/answer/events.ts';
import { DICTIONARIES, type Dictionary } from './dictionary/dictionary.ts';
import { formatter, type Formatter } from './format.ts';

export const LanguageContext = createContext<Language>('id');

/** The texts and number formats of the language the page is in. */
export function useTexts(): { language: Language; texts: Dictionary; format: Formatter } {
  const language = useContext(LanguageContext);
  return { language, texts: DICTIONARIES[language], format: formatter(language) };
}
