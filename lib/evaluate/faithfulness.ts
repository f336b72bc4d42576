/** Faithfulness: which figures and dates of an answer stand in the passage that it rests on. */
import { figures } from '../retrieve/figures.ts';

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

interface CalendarDate {
  readonly day?: number;
  readonly month?: number;
  readonly year?: number;
}

/** The dates of a text, and the text without them. */
function splitDates(text: string): { readonly dates: readonly CalendarDate[]; readonly rest: string } {
  const dates: CalendarDate[] = [];
  let rest = text;
  for (const { pattern, order } of DATES) {
    rest = rest.replace(pattern, (_whole, ...found: (string | undefined)[]) => {
      dates.push(Object.fromEntries(order.map((part, at) => [part, found[at] === undefined ? undefined : part === 'month' ? monthOf(found[at]) : Number(found[at])])));
      return ' ';
    });
  }
  return { dates, rest };
}

const monthOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : MONTHS.findIndex((names) => names.includes(text.toLowerCase())) + 1);

/** Whether a date says no more than another: `April 2022` is in `1 April 2022`, the other way round it is not. */
const isIn = (date: CalendarDate, other: CalendarDate): boolean => (['day', 'month', 'year'] as const).every((part) => date[part] === undefined || date[part] === other[part]);

/**
 * How many of an answer's figures and dates stand in `source`. A date counts once, and must stand there whole; figures are compared in one
 * spelling (`11 persen` is `11%`, `Rp54 juta` is `54000000`). `null` for an answer with neither.
 */
export function supportedFigures(answer: string, source: string): { readonly total: number; readonly supported: number } | null {
  const said = splitDates(answer);
  const numbers = [...figures(said.rest)];
  const total = said.dates.length + numbers.length;
  if (total === 0) return null;
  const written = splitDates(source).dates;
  const there = figures(source);
  const supported = said.dates.filter((date) => written.some((other) => isIn(date, other))).length + numbers.filter((number) => there.has(number)).length;
  return { total, supported };
}
