/** What stands at the edge of pages and is no part of their text: running heads and feet, page numbers. Figures are text until shown otherwise. */
import { LAW_HEADING, type Line } from './pdf-lines.ts';

/** Lines this near the edge of a page may be its running head or foot. */
const MARGIN = 0.12;
/** On this many pages the same line at the same height is a running one; those of a chapter come on few pages. */
const REPEATED_PAGES = 3;
/** Books may number every second page only. */
const NEAR_PAGES = [-2, -1, 1, 2];

const NAMED_PAGE_NUMBER = /^[^\p{L}\d]*(?:halaman|hal\.?|page|p\.)\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:\/|of|dari)\s*\d{1,4})?[^\p{L}\d]*$/iu;
/** A figure of the text may look like this too: only what grows with the pages numbers them. */
const BARE_NUMBER = /^[-–—(\s]*(?:(\d{1,4})|([ivxlc]{1,6}))(?:\s*(?:\/|of|dari)\s*\d{1,4})?[-–—)\s]*$/i;
const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
const UNIT = /[%‰\p{Sc}]|(?<!\p{L})(?:rp|idr|usd|persen|percent)(?!\p{L})/giu;
const LETTER = /\p{L}/u;

/** The pages without what runs through them; `isLarge` tells a line that is set as large as headings are. */
export function withoutRunningLines(pages: readonly (readonly Line[])[], isLarge: (line: Line) => boolean): Line[][] {
  const count = new Map<string, number>();
  for (const lines of pages) for (const one of new Set(lines.filter(inMargin).map(placed))) count.set(one, (count.get(one) ?? 0) + 1);
  const runs = (line: Line) => (count.get(placed(line)) ?? 0) >= REPEATED_PAGES && !LAW_HEADING.test(line.text) && !isAmount(line.text);
  const rest = pages.map((lines) => lines.filter((line) => !inMargin(line) || !(NAMED_PAGE_NUMBER.test(line.text) || runs(line))));
  // What is left at the very edge may be a number that stood above a running foot.
  const numbers = rest.map((lines) => numbersAtTheEdge(lines.filter((line) => !isLarge(line)), lines));
  const isPageNumber = (line: Line, page: number) => {
    const number = numbers[page].get(line);
    return number !== undefined && NEAR_PAGES.some((step) => [...(numbers[page + step]?.values() ?? [])].includes(number + step));
  };
  return rest.map((lines, page) => lines.filter((line) => !isPageNumber(line, page))).filter((lines) => lines.length > 0);
}

const inMargin = ({ place }: Line): boolean => place < MARGIN || place > 1 - MARGIN;

/** The same for a line and its likes at this height; figures that may count pages are taken as equal, those that state an amount are not. */
function placed({ text, place }: Line): string {
  const counts = LETTER.test(text) && text.search(UNIT) < 0;
  return `${counts ? text.toLowerCase().replace(/\d+/g, '#') : text.toLowerCase()}@${Math.round(place * 100)}`;
}

/** An amount and nothing else: it says the same on every page because it is meant there. */
const isAmount = (text: string): boolean => text.search(UNIT) >= 0 && !LETTER.test(text.replace(UNIT, ''));

/** Bare numbers among `lines` beyond which nothing of the page stands. */
function numbersAtTheEdge(lines: readonly Line[], page: readonly Line[]): Map<Line, number> {
  const [lowest, highest] = [Math.min(...page.map(({ y }) => y)), Math.max(...page.map(({ y }) => y))];
  // Half a line of tolerance: what stands beside it is not beyond it.
  const atEdge = ({ y, size }: Line) => y < lowest + size / 2 || y > highest - size / 2;
  return new Map(lines.filter((line) => inMargin(line) && atEdge(line)).flatMap((line) => {
    const [, digits, roman] = BARE_NUMBER.exec(line.text) ?? [];
    return digits ? [[line, Number(digits)]] : roman ? [[line, fromRoman(roman)]] : [];
  }));
}

const fromRoman = (letters: string): number =>
  [...letters.toLowerCase()].map((letter) => ROMAN[letter]).reduce((sum, value, index, values) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
