/** Marks with one or two digits after them divide a figure's whole part from its decimals. */
const DECIMAL_MARK = /(?<=\d)[.,](?=\d{1,2}(?!\d))/gu;
/** Stands for the decimal mark while the other marks go: a code point that Unicode leaves to private use. */
const KEPT_MARK = '\uE000';

/**
 * SQuAD's normalisation of answers: small letters, no punctuation, no English articles, single spaces. Two
 * things differ. All of Unicode's punctuation and symbols go, not only ASCII's. And a figure keeps its decimal
 * mark, as a point, so that 1,1 and 11 stay apart; thousands lose theirs (`Rp54.000.000` becomes `rp54000000`).
 * Indonesian has no articles: all its words stay.
 */
export function normaliseAnswer(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(DECIMAL_MARK, KEPT_MARK)
    .replace(/[\p{P}\p{S}]/gu, '')
    .replaceAll(KEPT_MARK, '.')
    .replace(/(?<![\p{L}\p{N}])(?:a|an|the)(?![\p{L}\p{N}])/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .join(' ');
}

/** The words of a normalised answer; none for an answer of punctuation only. */
export const answerTokens = (text: string): string[] => normaliseAnswer(text).split(' ').filter((word) => word !== '');
