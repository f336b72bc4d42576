/** Numbers as people write them in Indonesian and English, brought to one spelling so that they can be compared. */

const MULTIPLIERS: Readonly<Record<string, number>> = {
  ribu: 1e3, thousand: 1e3, juta: 1e6, million: 1e6, miliar: 1e9, milyar: 1e9, billion: 1e9, triliun: 1e12, trillion: 1e12,
};

/** An amount in rupiah or a bare number, then a percent sign or word, or a word like "juta". Never inside a word. */
const FIGURE =
  /(?<![\p{L}\d])(?:rp\.?\s*|idr\s*)?(\d+(?:[.,]\d+)*)(?:\s*(%)|\s+(persen|percent|per\s+cent|prosen)(?!\p{L})|\s+(ribu|thousand|juta|million|miliar|milyar|billion|triliun|trillion)(?!\p{L}))?/giu;

/**
 * Replaces every figure by its plain spelling: `Rp54.000.000,00`, `Rp 54 juta` and `54,000,000` become `54000000`;
 * `12 persen`, `12 percent` and `12 %` become `12%`; `2,5%` becomes `2.5%`. The rest of the text is untouched.
 */
export function normaliseFigures(text: string): string {
  return text.replace(FIGURE, (_whole, digits: string, sign?: string, percent?: string, multiplier?: string) => {
    const number = plainNumber(digits);
    if (sign || percent) return `${number}%`;
    if (!multiplier) return number;
    const value = Number(number) * MULTIPLIERS[multiplier.toLowerCase()];
    return Number.isFinite(value) ? String(Math.round(value)) : `${number} ${multiplier}`;
  });
}

/** The figures of a text in their plain spelling, e.g. `{"12%", "54000000"}`. */
export const figures = (text: string): ReadonlySet<string> => new Set(writtenFigures(text).keys());

/** The same, each with how the text spells it last: `54000000` with `Rp54 juta`. */
export const writtenFigures = (text: string): ReadonlyMap<string, string> => new Map(Array.from(text.matchAll(FIGURE), ([written]) => [normaliseFigures(written), written]));

/** A text with other figures in it: `otherOf` is given each one's plain spelling, and `null` leaves it. What is put there is spelled as long and with the same marks, see likeFigure. */
export const withFigures = (text: string, otherOf: (figure: string) => string | null): string =>
  text.replace(FIGURE, (written) => {
    const other = otherOf(normaliseFigures(written));
    return other === null ? written : likeFigure(written, other);
  });

/** A figure's digits, less the zeros before and after them: `54` of `54000000`, `25` of `2.5%`. */
export const significantDigits = (figure: string): string => figure.replace(/\D/g, '').replace(/^0+|0+$/g, '');

/** A figure, however it is spelled, with other significant digits in place of its first ones: `Rp54 juta` with `71` is `Rp71 juta`, `2,50%` with `37` is `3,70%`. */
export function likeFigure(written: string, digits: string): string {
  let place = 0;
  return written.replace(/\d/g, (digit) => ((place === 0 && digit === '0') || place >= digits.length ? digit : digits[place++]));
}

/** What kind of figure a question asks for, in Indonesian or English; `null` when for none. */
export function figureAskedFor(question: string): 'amount' | 'period' | null {
  if (/(?<!\p{L})(?:berapa\s+(?:lama|hari|minggu|bulan|tahun)|how\s+(?:long|many\s+(?:days|weeks|months|years)))(?!\p{L})/iu.test(question)) return 'period';
  return /(?<!\p{L})(?:berapa(?:kah)?|seberapa|how\s+(?:much|many|high|large)|rates?|persen|percent(?:age)?)(?!\p{L})/iu.test(question) ? 'amount' : null;
}

/** Whether a text names an amount of money or a percentage (scans write `%` as `o/o`). */
export const namesAmount = (text: string): boolean => /\d\s?(?:%|o\/o|persen|percent)|(?<!\p{L})(?:Rp|IDR|USD|EUR)\.?\s?\d|\d\s(?:ribu|juta|miliar)(?!\p{L})/iu.test(text);

/** Whether a text names a number of days, weeks, months or years, also as the law writes it: "3 (tiga) bulan". */
export const namesPeriod = (text: string): boolean => /\d\s*(?:\([^)]{1,40}\)\s*)?(?:hari|minggu|bulan|tahun|days?|weeks?|months?|years?)(?!\p{L})/iu.test(text);

/** Groups of three are thousands, whichever mark divides them; one other mark is the decimal point. */
function plainNumber(digits: string): string {
  const grouped = /^(\d{1,3})((?:([.,])\d{3})(?:\3\d{3})*)(?:[.,](\d{1,2}))?$/.exec(digits);
  if (grouped && grouped[1] !== '0') return withDecimals(grouped[1] + grouped[2].replace(/[.,]/g, ''), grouped[4]);
  const decimal = /^(\d+)[.,](\d+)$/.exec(digits);
  return decimal ? withDecimals(decimal[1], decimal[2]) : digits;
}

function withDecimals(whole: string, decimals = ''): string {
  const kept = decimals.replace(/0+$/, '');
  return kept ? `${whole}.${kept}` : whole;
}
