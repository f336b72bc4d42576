/** Numbers written as words, up to 99, in Indonesian and English. */

const INDONESIAN = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];
const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const ENGLISH_TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

function indonesian(number: number): string {
  const [tens, units] = [Math.floor(number / 10), number % 10];
  if (number < 10) return INDONESIAN[number];
  if (number < 12) return number === 10 ? 'sepuluh' : 'sebelas';
  if (number < 20) return `${INDONESIAN[units]} belas`;
  return `${INDONESIAN[tens]} puluh${units ? ` ${INDONESIAN[units]}` : ''}`;
}

function english(number: number): string {
  const units = number % 10;
  return number < 20 ? ENGLISH[number] : `${ENGLISH_TENS[Math.floor(number / 10) - 2]}${units ? ` ${ENGLISH[units]}` : ''}`;
}

const NUMBERS = new Map(Array.from({ length: 100 }, (_, number) => [indonesian(number), english(number)].map((words) => [words, String(number)] as const)).flat());
const WORDS = [...NUMBERS.keys()].sort((one, other) => other.length - one.length).map((words) => words.replace(' ', '[\\s-]+'));
const PATTERN = new RegExp(`(?<![\\p{L}\\d-])(?:${WORDS.join('|')})(?![\\p{L}\\d])`, 'giu');

/** `tiga bulan` becomes `3 bulan`, `twenty-five` `25`. The rest of the text is untouched. */
export const numbersInDigits = (text: string): string => text.replace(PATTERN, (words) => NUMBERS.get(words.toLowerCase().replace(/[\s-]+/g, ' '))!);

/** `12 (dua belas) persen`, as laws write numbers, becomes `12 persen`. */
export const withoutRepeatedNumbers = (text: string): string => text.replace(/(\d+)\s*\(([\p{L}\s-]{3,40})\)/gu, (whole, digits: string, words: string) => (numbersInDigits(words.trim()) === digits ? digits : whole));

/** Every number as digits, once: `12 (dua belas) persen, tiga bulan` becomes `12 persen, 3 bulan`. */
export const plainNumbers = (text: string): string => numbersInDigits(withoutRepeatedNumbers(text));
