import type { Language } from '@/lib/answer/events.ts';
import { asTimeZone } from './preferences.ts';

/** Unknown shows as a dash, never as 0. */
export const DASH = '–';

export interface Formatter {
  count(value: number | null | undefined): string;
  decimal(value: number | null | undefined, digits: number): string;
  /** With three significant digits: of figures that may be very small. */
  significant(value: number | null | undefined): string;
  /** Milliseconds as `142 ms`, from one second on as `1,3 s`, from two minutes on as `21 min`. */
  duration(milliseconds: number | null | undefined): string;
  share(value: number | null | undefined): string;
  bytes(value: number): string;
  /** The day on which it was there. */
  date(iso: string): string;
}

const cache = new Map<string, Formatter>();
/** Written without a time, it is the same day wherever one is. */
const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @param timeZone in which days begin and end; where it is not known, those of UTC do. */
export function formatter(language: Language, timeZone = 'UTC'): Formatter {
  const key = `${language} ${timeZone}`;
  const known = cache.get(key);
  if (known) return known;
  const zone = asTimeZone(timeZone) ?? 'UTC';
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  const minute = language === 'id' ? 'mnt' : 'min';
  const second = language === 'id' ? 'dtk' : 's';
  const number = (value: number, digits: number) => value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whenKnown = (value: number | null | undefined, show: (value: number) => string) => (value == null || !Number.isFinite(value) ? DASH : show(value));
  const made: Formatter = {
    count: (value) => whenKnown(value, (amount) => number(amount, 0)),
    decimal: (value, digits) => whenKnown(value, (amount) => number(amount, digits)),
    significant: (value) => whenKnown(value, (amount) => amount.toLocaleString(locale, { maximumSignificantDigits: 3 })),
    duration: (value) =>
      whenKnown(value, (amount) =>
        amount < 1000 ? `${number(amount, 0)} ms` : amount < 120_000 ? `${number(amount / 1000, amount < 10_000 ? 2 : 1)} ${second}` : `${number(amount / 60_000, 0)} ${minute}`,
      ),
    share: (value) => whenKnown(value, (amount) => amount.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 })),
    bytes: (value) => (value < 1e6 ? `${number(value / 1e3, 0)} kB` : `${number(value / 1e6, 1)} MB`),
    date: (iso) => new Date(iso).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: WHOLE_DAY.test(iso) ? 'UTC' : zone }),
  };
  cache.set(key, made);
  return made;
}
