import type { Language } from '@/lib/answer/events.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const asLanguage = (value: string | undefined): Language => (value === 'en' ? 'en' : 'id');
export const asTheme = (value: string | undefined): Theme => (value === 'light' || value === 'dark' ? value : 'system');

/** Kept in a cookie, so that the server draws the first frame in the right language and colours. */
export function remember(name: 'language' | 'theme', value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
