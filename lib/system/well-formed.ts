/** Strings of JavaScript may hold half of a character (a lone surrogate); files, UTF-8 and with it every index cannot. */

export const HALF_CHARACTER = 'holds half of a character (a surrogate without its pair)';

// With the flag u, whole pairs are characters and only what stands alone is a surrogate.
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** What a file would give back: U+FFFD for every half. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** By it, files of text are told from others. */
export const NUL_CHARACTER = 'holds the character U+0000, which no text does';

export const holdsNoNul = (text: string): boolean => !text.includes('\0');
