/** Text to search terms: the one door through which the word search and the search for supports read words. */
import { normaliseFigures } from './figures.ts';

/** Words too common to say what a text is about; short on purpose, since BM25 already weighs common words down. */
const STOP_WORDS = new Set(
  (
    'yang di ke dari dan atau dengan untuk pada dalam adalah ialah itu ini oleh sebagai juga akan telah sudah agar bagi para ' +
    'apa apakah berapa siapa kapan mana bagaimana mengapa jika bila maka saja nya ' +
    'the a an of in on at to for from by and or is are was were be been it its this that these those as with ' +
    'what which who when where how why do does did'
  ).split(' '),
);

/**
 * Search terms in order: small letters without diacritics; figures in one spelling (see figures.ts), percentages
 * whole; hyphenated words in parts; stop words kept out unless asked for.
 */
export function terms(text: string, options: { readonly keepStopWords?: boolean } = {}): string[] {
  const plain = normaliseFigures(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
  const words = plain.match(/\d+(?:[.,]\d+)*(?:%|\p{L}+)?|\p{L}[\p{L}\d]*/gu) ?? [];
  return options.keepStopWords ? words : words.filter((word) => !STOP_WORDS.has(word));
}
