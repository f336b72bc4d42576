/** Faithfulness: which figures and dates of an answer stand in the passage that it rests on. */
import { figures } from '../retrieve/figures.ts';
import { splitDates, type CalendarDate } from './dates.ts';

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
