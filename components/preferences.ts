import type { Language } from '@/lib/answer/events.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const asLanguage = (value: string | undefined): Language => (value === 'en' ? 'en' : 'id');
export const asTheme = (value: string | undefined): Theme => (value === 'light' || value === 'dark' ? value : 'system');

/** A time zone by its name, e.g. `Asia/Jakarta`; `null` for what names none. */
export function asTimeZone(value: string | undefined): string | null {
  try {
    return value ? new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone : null;
  } catch {
    return null;
  }
}
/** That of the computer this runs on. */
export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Kept in a cookie, so that the server draws the first frame in the right language, colours and time zone. */
export function remember(name: 'language' | 'theme' | 'time-zone', value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
