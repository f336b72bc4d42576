/** Text in a cell of a CSV file (RFC 4180) that people open in a spreadsheet. */

/** Spreadsheets take these first characters for a formula; an apostrophe before them makes it text (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
/** Begins as a guarded cell does, or as one whose own apostrophe was guarded. */
const GUARDED = /^'['=+\-@\t\r＝＋－＠]/;

/** Guarded against formulas, and quoted where it has to be, also for spreadsheets that separate cells by semicolons or tabs. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) || GUARDED.test(text) ? `'${text}` : text;
  return /["',;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What csvCell put before a formula is not part of the text. */
export const unguarded = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);
