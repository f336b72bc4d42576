/** Invented names and values for reading material: nothing here is known to any model. */
import type { Random } from '../finetune/random.ts';
import type { Words } from './reader-topics.ts';

export type Draw = (random: Random) => Words;

export const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)];
export const between = (low: number, high: number, random: Random): number => low + Math.floor(random() * (high - low + 1));
export const same = (text: string): Words => ({ id: text, en: text });

const ONSETS = 'b br c d dr f fl g gr h k kl l m n p pr r s st t th tr v w z'.split(' ');
const VOWELS = 'a e i o u a e i o ae ei ou'.split(' ');
const CODAS = ['', '', 'l', 'n', 'r', 's', 'm', 'th', 'nd', 'rk'];
const FIRST = 'Ada Alaric Amara Anton Beatrix Bruno Carla Cedric Clara Dalia Darius Edda Elias Elin Emil Farid Felix Freya Gita Goran Hanna Hugo Ines Irma Ivo Jonas Judith Karim Katya Lars Lena Leon Lucia Magnus Mara Mateo Mila Nadia Nils Nora Olaf Omar Petra Priya Rafael Rosa Ruben Salma Simon Sofia Tariq Teresa Tomas Ulla Viktor Wanda Yusuf Zora'.split(' ');
const ENDINGS = ['burg', 'field', 'haven', 'ton', 'mere', 'stad', 'ville', 'ford', 'minster', 'wick', 'dale', 'port', 'ia', 'ova', 'ora', 'en'];

export const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
/** As Indonesian statutes write an amount: Rp4.500.000. */
export const rupiah = (amount: number): string => `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;
const syllable = (random: Random): string => pick(ONSETS, random) + pick(VOWELS, random) + pick(CODAS, random);
const word = (random: Random, syllables = 2): string => capital(Array.from({ length: syllables }, () => syllable(random)).join(''));

export const surname: Draw = (random) => same(word(random, 1) + pick(['ell', 'ic', 'ano', 'sen', 'er', 'mann', 'ari', 'ov', 'ski', 'ley', 'eau', 'ito'], random));
export const person: Draw = (random) => same(`${pick(FIRST, random)} ${random() < 0.12 ? `${pick(FIRST, random)[0]}. ` : ''}${surname(random).en}`);
export const town: Draw = (random) => same(`${pick(['', '', '', '', 'New ', 'Port ', 'East '], random)}${word(random, 1)}${pick(ENDINGS, random)}`);
export const coined: Draw = (random) => same(word(random));
/** `Coined` before a fixed word: "the Treska Bridge". */
export const named = (...after: readonly string[]): Draw => (random) => same(`${word(random)} ${pick(after, random)}`);

export const year = (low: number, high: number): Draw => (random) => same(String(between(low, high, random)));

const MONTHS = ['January=Januari', 'February=Februari', 'March=Maret', 'April=April', 'May=Mei', 'June=Juni', 'July=Juli', 'August=Agustus', 'September=September', 'October=Oktober', 'November=November', 'December=Desember'];
export const date = (low: number, high: number): Draw => (random) => {
  const [[en, id], day, of] = [pick(MONTHS, random).split('='), between(1, 28, random), between(low, high, random)];
  return { id: `${day} ${id} ${of}`, en: random() < 0.5 ? `${day} ${en} ${of}` : `${en} ${day}, ${of}` };
};

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
/** A number with a unit, `one=id` in English and Indonesian; large numbers are grouped the English way. */
export const count = (low: number, high: number, unit = '=', step = 1): Draw => (random) => {
  const [en, id] = unit.split('=');
  const number = grouped(between(low, high, random) * step);
  return { en: `${number} ${en}`.trim(), id: `${number} ${id}`.trim() };
};
const NUMBERS = 'two=dua three=tiga four=empat five=lima six=enam seven=tujuh eight=delapan nine=sembilan eleven=sebelas twelve=dua belas'.split(/ (?=\w+=)/);
export const spelled: Draw = (random) => words(pick(NUMBERS, random));
export const percent: Draw = (random) => {
  const number = random() < 0.4 ? `${between(1, 98, random)}.${between(1, 9, random)}` : String(between(2, 97, random));
  return random() < 0.6 ? same(`${number}%`) : { en: `${number} percent`, id: `${number} persen` };
};
export const money: Draw = (random) => pick([
  () => ({ en: `$${between(2, 900, random)} million`, id: `$${between(2, 900, random)} juta` }),
  () => same(`$${grouped(between(12, 990, random) * 500)}`),
  () => same(`€${grouped(between(11, 800, random) * 250)}`),
  () => same(`£${grouped(between(15, 700, random) * 100)}`),
], random)();

function words(pair: string): Words {
  const [en, id = en] = pair.split('=');
  return { en, id };
}
/** One of "en=id; en=id". */
export const oneOf = (list: string): Draw => {
  const items = list.split('; ').map(words);
  return (random) => pick(items, random);
};
/** Two or three of "en=id; en=id", joined as a list. */
export const several = (list: string): Draw => {
  const items = list.split('; ').map(words);
  return (random) => {
    const first = Math.floor(random() * items.length);
    const chosen = Array.from({ length: Math.min(items.length, between(2, 3, random)) }, (_, step) => items[(first + step) % items.length]);
    const join = (language: 'id' | 'en', and: string): string => `${chosen.slice(0, -1).map((item) => item[language]).join(', ')} ${and} ${chosen[chosen.length - 1][language]}`;
    return { en: join('en', 'and'), id: join('id', 'dan') };
  };
};
