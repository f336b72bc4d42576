/** A word added to a question that asks for something narrower. */
import type { Alteration, NamePool } from './reader-alterations.ts';
import { pick } from './reader-names.ts';

const NARROWER = ['baru', 'asli', 'kedua', 'modern', 'palsu', 'lama', 'tiruan', 'kuno', 'bagian utara', 'tingkat dunia', 'yang terakhir', 'versi lain', 'sementara', 'yang jarang diketahui', 'khusus anak', 'musim dingin', 'tanpa izin', 'di luar negeri', 'untuk kedua kalinya', 'secara rahasia'];

/** A word after the name that the passage does not have. */
export const narrowerThan = (pool: NamePool): Alteration => ({ question, passage }, random) => {
  const name = pool.nameIn(question);
  const possible = NARROWER.filter((word) => !word.split(' ').some((part) => part.length > 3 && passage.toLowerCase().includes(part)));
  return name && possible.length > 0 ? question.replace(name, `${name} ${pick(possible, random)}`) : null;
};
