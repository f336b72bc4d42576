/** Sentences of invented regulations that state two figures - before and after a date, or a rule and its exception - and what is asked of them. */
import type { Random } from '../finetune/random.ts';
import { capital, pick, rupiah } from './reader-names.ts';
import { GROUPS, type Words } from './reader-topics.ts';

export interface Amendment {
  readonly sentence: string;
  readonly asked: readonly { readonly about: Words; readonly questions: { readonly id: readonly string[]; readonly en: readonly string[] }; readonly answer: Words }[];
}

const CHARGES: readonly Words[] = [
  { id: 'iuran tahunan', en: 'annual charge' }, { id: 'retribusi bulanan', en: 'monthly levy' }, { id: 'uang kebersihan', en: 'cleaning charge' }, { id: 'biaya pemeriksaan', en: 'inspection charge' }, { id: 'uang pangkal', en: 'entry charge' },
];
const MONTHS: readonly Words[] = [{ id: 'Januari', en: 'January' }, { id: 'April', en: 'April' }, { id: 'Juli', en: 'July' }, { id: 'Oktober', en: 'October' }];

const same = (text: string): Words => ({ id: text, en: text });

function newAmount(share: boolean, taken: Set<string>, random: Random): string {
  for (;;) {
    const amount = share ? `${1 + Math.floor(random() * 30)}${random() < 0.3 ? ',5' : ''}%` : rupiah((2 + Math.floor(random() * 190)) * 2500);
    if (taken.has(amount)) continue;
    taken.add(amount);
    return amount;
  }
}

/** `{s}` in the questions is the subject. Says of `subject` what changed or what is excepted; no figure is in `taken`, and its own join it. */
export function amendment(subject: string, taken: Set<string>, random: Random): Amendment {
  const charge = pick(CHARGES, random);
  const share = random() < 0.4;
  const [first, second] = [newAmount(share, taken, random), newAmount(share, taken, random)];
  return random() < 0.65 ? changed(subject, charge, first, second, random) : excepted(subject, charge, first, second, random);
}

function changed(subject: string, charge: Words, before: string, after: string, random: Random): Amendment {
  const year = 2012 + Math.floor(random() * 13);
  const month = pick(MONTHS, random);
  const day: Words = { id: `1 ${month.id} ${year}`, en: `1 ${month.en} ${year}` };
  const name = charge.id;
  const sentence = pick([
    `Sejak ${day.id} ${name} ${subject} sebesar ${after}; sebelumnya ${before}.`,
    `${capital(name)} ${subject} yang semula ${before} menjadi ${after} mulai ${day.id}.`,
    `Sampai dengan akhir bulan sebelum ${day.id}, ${name} ${subject} sebesar ${before}. Mulai ${day.id} besarnya ${after}.`,
    `Pasal ini diubah: sejak ${day.id}, ${name} ${subject} ditetapkan ${after}, menggantikan ${before}.`,
  ], random);
  return {
    sentence,
    asked: [
      { about: charge, answer: same(after), questions: { id: [`Berapa ${name} {s} yang berlaku sekarang?`, `Berapa ${name} {s} sejak ${day.id}?`, `Sekarang ${name} {s} berapa?`, `Berapakah ${name} {s} pada tahun ${year + 2}?`], en: [`What is the ${charge.en} for the {s} now?`, `How much has the ${charge.en} for the {s} been since ${day.en}?`, `What is the ${charge.en} for the {s} in ${year + 2}?`] } },
      { about: { id: `${name} yang lama`, en: `former ${charge.en}` }, answer: same(before), questions: { id: [`Berapa ${name} {s} sebelum ${day.id}?`, `Berapa ${name} {s} yang lama?`, `Dulu ${name} {s} berapa?`, `Berapakah ${name} {s} pada tahun ${year - 2}?`], en: [`What was the ${charge.en} for the {s} before ${day.en}?`, `What was the old ${charge.en} for the {s}?`, `How much was the ${charge.en} for the {s} in ${year - 2}?`] } },
      { about: { id: `perubahan ${name}`, en: `change of the ${charge.en}` }, answer: day, questions: { id: [`Sejak kapan ${name} {s} berubah?`, `Kapan ${name} {s} yang baru mulai berlaku?`], en: [`When did the ${charge.en} for the {s} change?`, `From what date does the new ${charge.en} for the {s} apply?`] } },
      { about: { id: `perbedaan ${name}`, en: `difference in the ${charge.en}` }, answer: { id: `Dulu ${before}, sedangkan sejak ${day.id} sebesar ${after}.`, en: `It was ${before}, and has been ${after} since ${day.en}.` }, questions: { id: [`Apa perbedaan ${name} {s} yang lama dan yang baru?`, `Jelaskan perubahan ${name} {s}.`, `Bandingkan ${name} {s} sebelum dan sesudah perubahan.`], en: [`How did the ${charge.en} for the {s} change?`, `Compare the old and the new ${charge.en} for the {s}.`, `Explain the change of the ${charge.en} for the {s}.`] } },
    ],
  };
}

function excepted(subject: string, charge: Words, usual: string, other: string, random: Random): Amendment {
  const group = pick(GROUPS, random);
  const name = charge.id;
  const sentence = pick([
    `${capital(name)} ${subject} sebesar ${usual}, kecuali bagi ${group.id} yang membayar ${other}.`,
    `Dengan pengecualian ${group.id} yang dikenai ${other}, ${name} ${subject} sebesar ${usual}.`,
    `${capital(name)} ${subject} ditetapkan ${usual}. Ketentuan itu tidak berlaku bagi ${group.id}; bagi mereka besarnya ${other}.`,
  ], random);
  return {
    sentence,
    asked: [
      { about: charge, answer: same(usual), questions: { id: [`Berapa ${name} {s} pada umumnya?`, `Berapakah ${name} {s}?`, `Berapa ${name} {s} yang biasa?`], en: [`What is the usual ${charge.en} for the {s}?`, `How much is the ${charge.en} for the {s}?`] } },
      { about: { id: `${name} khusus`, en: `special ${charge.en}` }, answer: same(other), questions: { id: [`Berapa ${name} {s} bagi ${group.id}?`, `Kalau ${group.id}, ${name} {s} berapa?`], en: [`What ${charge.en} for the {s} do ${group.en} pay?`, `How much is the ${charge.en} for the {s} for ${group.en}?`] } },
      { about: { id: `pengecualian ${name}`, en: `exception to the ${charge.en}` }, answer: group, questions: { id: [`Siapa yang dikecualikan dari ${name} {s} biasa?`, `Bagi siapa ${name} {s} sebesar ${other}?`], en: [`Who is excepted from the usual ${charge.en} for the {s}?`, `For whom is the ${charge.en} for the {s} ${other}?`] } },
      { about: { id: `ketentuan ${name}`, en: `rule on the ${charge.en}` }, answer: { id: `${capital(name)} sebesar ${usual}, tetapi bagi ${group.id} ${other}.`, en: `The ${charge.en} is ${usual}, but ${other} for ${group.en}.` }, questions: { id: [`Jelaskan ketentuan ${name} {s}.`, `Apa perbedaan ${name} {s} bagi ${group.id} dan bagi yang lain?`], en: [`Explain the rule on the ${charge.en} for the {s}.`, `How does the ${charge.en} for the {s} for ${group.en} differ from the usual one?`] } },
    ],
  };
}

