/** Which figures and dates of an answer stand in the passages it was read from, and so which passage it rests on. */
import type { Passage } from '../answer/passage.ts';
import { splitDates, type CalendarDate } from './dates.ts';
import { figures, writtenFigures } from './figures.ts';
import { plainNumbers } from './number-words.ts';

type ReadPassage = Pick<Passage, 'documentTitle' | 'headings' | 'text'>;

/** Whether a date says no more than another: `April 2022` is in `1 April 2022`, the other way round it is not. */
const isIn = (date: CalendarDate, other: CalendarDate): boolean => (['day', 'month', 'year'] as const).every((part) => date[part] === undefined || date[part] === other[part]);

/** All that the model was shown of passages. */
export const sourceText = (passages: readonly ReadPassage[]): string => passages.map(({ documentTitle, headings, text }) => [documentTitle, ...headings, text].join('\n')).join('\n');

/**
 * Each figure and date of an answer as it is written there, and whether `source` has it. A date must stand there whole; figures are compared
 * in one spelling (`11 persen` is `11%`, `Rp54 juta` is `54000000`), and those that the source writes in words count as well.
 */
function checkFigures(answer: string, source: string): { readonly written: string; readonly found: boolean }[] {
  const said = splitDates(answer);
  const dates = splitDates(source).dates;
  const there = new Set([source, plainNumbers(source)].flatMap((text) => [...figures(text)]));
  return [
    ...said.dates.map((date) => ({ written: date.written, found: dates.some((other) => isIn(date, other)) })),
    ...Array.from(writtenFigures(said.rest), ([plain, written]) => ({ written, found: there.has(plain) })),
  ];
}

/** How many of an answer's figures and dates stand in `source`; a date counts once. `null` for an answer with neither. */
export function supportedFigures(answer: string, source: string): { readonly total: number; readonly supported: number } | null {
  const checked = checkFigures(answer, source);
  return checked.length === 0 ? null : { total: checked.length, supported: checked.filter(({ found }) => found).length };
}

/** The figures and dates of an answer that do not stand in `source`, as the answer writes them. */
export const figuresNotIn = (answer: string, source: string): string[] => checkFigures(answer, source).flatMap(({ written, found }) => (found ? [] : [written]));

/**
 * The passage that an answer rests on: the one it names, unless another of those read has more of its figures and dates; of several the
 * best found. A model this small now and then reads a figure from one passage and names its neighbour.
 */
export function carryingPassage<One extends ReadPassage>(answer: string, named: One, read: readonly One[]): One {
  const carried = (passage: One): number => supportedFigures(answer, sourceText([passage]))?.supported ?? 0;
  return read.reduce((best, passage) => (carried(passage) > carried(best) ? passage : best), named);
}
