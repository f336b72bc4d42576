import { expect, it } from 'vitest';
import { numbersInDigits, withoutRepeatedNumbers } from './number-words.ts';

it.each([
  ['tiga bulan', '3 bulan'],
  ['dua belas', '12'],
  ['Sebelas persen', '11 persen'],
  ['dua puluh lima hari', '25 hari'],
  ['twenty-five days', '25 days'],
  ['Ninety nine', '99'],
  ['someone', 'someone'],
  ['keduanya dan ketiga', 'keduanya dan ketiga'],
  ['satu atau dua', '1 atau 2'],
  ['', ''],
])('%j becomes %j', (text, expected) => expect(numbersInDigits(text)).toBe(expected));

it.each([
  ['12 (dua belas) persen', '12 persen'],
  ['3 (tiga) bulan sampai 12 (dua belas) bulan', '3 bulan sampai 12 bulan'],
  ['3 (empat) bulan', '3 (empat) bulan'],
  ['Pasal 3 (ayat satu)', 'Pasal 3 (ayat satu)'],
])('a number that is repeated in words stands once: %j becomes %j', (text, expected) => expect(withoutRepeatedNumbers(text)).toBe(expected));
