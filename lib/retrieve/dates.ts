/** Calendar dates as people write them in Indonesian and English. */

const MONTHS: readonly (readonly string[])[] = [
  ['januari', 'january', 'jan'], ['februari', 'february', 'feb'], ['maret', 'march', 'mar'], ['april', 'apr'], ['mei', 'may'], ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'], ['agustus', 'august', 'aug', 'agt'], ['september', 'sep', 'sept'], ['oktober', 'october', 'okt', 'oct'], ['november', 'nov'], ['desember', 'december', 'des', 'dec'],
];
const MONTH = MONTHS.flat().sort((one, other) => other.length - one.length).join('|');

/** `1 April 2022`, `April 1, 2022`, `April 2022`, `1 April`, `2022-04-01`, `01/04/2022`. */
const DATES: readonly { readonly pattern: RegExp; readonly order: readonly ('day' | 'month' | 'year')[] }[] = [
  { pattern: new RegExp(`(?<![\\p{L}\\d])(\\d{1,2})\\s+(${MONTH})\\.?(?:\\s+(\\d{4}))?(?![\\p{L}\\d])`, 'giu'), order: ['day', 'month', 'year'] },
  { pattern: new RegExp(`(?<![\\p{L}\\d])(${MONTH})\\.?\\s+(\\d{1,2}),?\\s+(\\d{4})(?![\\p{L}\\d])`, 'giu'), order: ['month', 'day', 'year'] },
  { pattern: new RegExp(`(?<![\\p{L}\\d])(${MONTH})\\.?\\s+(\\d{4})(?![\\p{L}\\d])`, 'giu'), order: ['month', 'year'] },
  { pattern: /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g, order: ['year', 'month', 'day'] },
  { pattern: /(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/g, order: ['day', 'month', 'year'] },
];

export interface CalendarDate {
  readonly day?: number;
  readonly month?: number;
  readonly year?: number;
}

/** The dates of a text with how it writes them, and the text without them. */
export function splitDates(text: string): { readonly dates: readonly (CalendarDate & { readonly written: string })[]; readonly rest: string } {
  const dates: (CalendarDate & { written: string })[] = [];
  const rest = replaceDates(text, (date, written) => {
    dates.push({ ...date, written });
    return ' ';
  });
  return { dates, rest };
}

/** Dates in one spelling, `30 april 2026`: `2026-04-30` and `April 30, 2026` become that. The rest of the text is untouched. */
export const datesInOneSpelling = (text: string): string =>
  replaceDates(text, ({ day, month, year }) => [day, month === undefined ? undefined : MONTHS[month - 1]?.[0], year].filter((part) => part !== undefined).join(' '));

/** Writes something in the place of each date, the longest spellings first; what is written is read again by the shorter ones. */
function replaceDates(text: string, write: (date: CalendarDate, written: string) => string): string {
  return DATES.reduce((rest, { pattern, order }) => rest.replace(pattern, (written: string, ...found: (string | undefined)[]) =>
    write(Object.fromEntries(order.map((part, at) => [part, found[at] === undefined ? undefined : part === 'month' ? monthOf(found[at]) : Number(found[at])])), written)), text);
}

const monthOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : MONTHS.findIndex((names) => names.includes(text.toLowerCase())) + 1);
