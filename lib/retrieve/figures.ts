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
export function figures(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const match of text.matchAll(FIGURE)) found.add(normaliseFigures(match[0]));
  return found;
}

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
