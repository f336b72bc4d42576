/**
 * Changes an Indonesian question so that its passage no longer answers it: another name, another fact of the same name, a
 * condition, the opposite, a negation. The kinds are those that the paper of IDK-MRC (Putri and Oh, 2022) names; no question of
 * that set is used. Every change is made only where the passage shows no sign of answering the new question.
 */
import type { Random } from '../finetune/random.ts';
import { shuffled } from '../finetune/random.ts';
import { pick } from './reader-names.ts';
import { narrowerThan } from './reader-narrower.ts';

export interface AskedPassage {
  readonly question: string;
  readonly answer: string;
  readonly passage: string;
}

export type Alteration = (asked: AskedPassage, random: Random) => string | null;

const lower = (text: string): string => text.toLowerCase();
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.map((word) => word.replace(/[.'’-]+$/, '')) ?? [];
const isRoman = (word: string): boolean => /^[IVX]+$/.test(word);

/** Words of questions that are not names, though they are capitalised or rare. */
const ORDINARY = new Set('apa apakah siapa siapakah kapan kapankah berapa berapakah dimana dimanakah di mana manakah mengapa bagaimana bagaimanakah yang dan dari nama tahun tanggal negara kota kabupaten provinsi pulau kerajaan presiden raja ratu nabi dinasti perang film album band lagu novel bahasa suku sungai gunung danau universitas stasiun partai kecamatan desa kaisar sultan paus santo lahir dilahirkan meninggal wafat'.split(' '));

const INTERROGATIVES: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['kapan', /kapan|tahun berapa|tanggal berapa/i], ['berapa', /berapa/i], ['siapa', /siapa/i], ['mana', /di ?mana/i], ['mengapa', /mengapa|kenapa/i], ['apa', /apa/i],
];
export const interrogative = (question: string): string => INTERROGATIVES.find(([, pattern]) => pattern.test(question))?.[0] ?? 'apa';

/** Swaps names between questions of the same kind, so that the new question is one that could have been asked. */
export class NamePool {
  readonly #frequency = new Map<string, number>();
  readonly #byKind = new Map<string, string[]>();

  constructor(questions: readonly string[]) {
    for (const question of questions) for (const word of new Set(wordsOf(lower(question)))) this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1);
    for (const question of questions) {
      const name = this.nameIn(question);
      if (name) for (const key of this.#keys(question, name)) this.#byKind.set(key, [...(this.#byKind.get(key) ?? []), name]);
    }
  }

  /** The longest run of words that look like a name: capitals, or words that hardly any other question has. */
  nameIn(question: string): string | null {
    const matches = [...question.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)];
    let best: { start: number; end: number; words: number } | null = null;
    let run: { start: number; end: number; words: number } | null = null;
    for (const [index, match] of matches.entries()) {
      const word = match[0].replace(/[.'’-]+$/, '');
      const plain = lower(word);
      const looksLikeName = index > 0 && !ORDINARY.has(plain) && (/^\p{Lu}/u.test(word) || (this.#frequency.get(plain) ?? 0) <= 2);
      const adjoins: boolean = run !== null && /^\s+$/.test(question.slice(run.end, match.index));
      if (!looksLikeName) run = null;
      else run = run && adjoins ? { start: run.start, end: match.index + word.length, words: run.words + 1 } : { start: match.index, end: match.index + word.length, words: 1 };
      if (run && (!best || run.words > best.words)) best = run;
    }
    return best ? question.slice(best.start, best.end) : null;
  }

  /** Names that stood where `name` stands in other questions: after the same word and before the same word, or one of them. */
  like(question: string, name: string): readonly string[] {
    return this.#keys(question, name).map((key) => this.#byKind.get(key) ?? []).find((names) => names.length > 5) ?? [];
  }

  #keys(question: string, name: string): string[] {
    const [before, after] = question.split(name, 2).map((part) => wordsOf(lower(part ?? '')));
    const kind = interrogative(question);
    return [`${kind}|${before.at(-1) ?? ''}|${after[0] ?? ''}`, `${kind}||${after[0] ?? ''}`, `${kind}|${before.at(-1) ?? ''}|`];
  }
}

/** Whether any word of a name stands in a text. */
const mentions = (text: string, name: string): boolean => {
  const there = new Set(wordsOf(lower(text)));
  return wordsOf(lower(name)).some((word) => word.length > 2 && there.has(word));
};

export const anotherName = (pool: NamePool): Alteration => ({ question, passage }, random) => {
  const name = pool.nameIn(question);
  if (!name) return null;
  const candidates = pool.like(question, name).filter((other) => !mentions(passage, other) && !mentions(name, other));
  return candidates.length > 0 ? question.replace(name, pick(candidates, random)) : null;
};

/** One word of a longer name, or the number of a king, is another's. */
export const halfAnotherName = (pool: NamePool): Alteration => ({ question, passage }, random) => {
  const name = pool.nameIn(question);
  const parts = name?.split(/\s+/) ?? [];
  if (!name || parts.length < 2) return null;
  const place = Math.floor(random() * parts.length);
  if (isRoman(parts[place])) {
    const other = pick(['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'IX'].filter((number) => !wordsOf(passage).includes(number)), random);
    return other ? question.replace(name, parts.with(place, other).join(' ')) : null;
  }
  const candidates = pool.like(question, name).flatMap((other) => other.split(/\s+/)).filter((word) => /^\p{Lu}\p{L}{2,}/u.test(word) && !mentions(`${passage} ${name}`, word));
  return candidates.length > 0 ? question.replace(name, parts.with(place, pick(candidates, random)).join(' ')) : null;
};

/** Another name of the same passage, where there is but one date or figure, so that it cannot be the other's. */
export const nameFromPassage = (pool: NamePool): Alteration => ({ question, answer, passage }, random) => {
  if (!['kapan', 'berapa'].includes(interrogative(question))) return null;
  const name = pool.nameIn(question);
  if (!name || (passage.match(/\d+(?:[.,]\d+)*/g)?.length ?? 0) > (answer.match(/\d+(?:[.,]\d+)*/g)?.length ?? 0) + 1) return null;
  const others = [...passage.matchAll(/(?<=[\p{Ll},] )\p{Lu}\p{L}+(?: (?:bin |de |van )?\p{Lu}\p{L}+)*/gu)].map(([other]) => other)
    .filter((other) => other.length > 3 && !mentions(question, other) && !mentions(answer, other) && !/^(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember|Masehi|Inggris|Indonesia)/.test(other));
  return others.length > 0 ? question.replace(name, pick(others, random)) : null;
};

/** What is asked, what is asked instead, and words one of which would tell it. */
const RELATIONS: readonly (readonly [asked: RegExp, instead: readonly string[], signs: RegExp])[] = [
  [/\b(?:di)?lahir(?:kan)?\b/i, ['meninggal', 'wafat', 'dimakamkan'], /meninggal|wafat|tewas|mati|†|dimakam|terbunuh|gugur|[–-]\s*\d|bunuh/i],
  [/\b(?:di)?lahir(?:kan)?\b/i, ['menikah', 'bercerai'], /menikah|nikah|istri|suami|cerai/i],
  [/\b(?:di)?lahir(?:kan)?\b/i, ['lulus sekolah', 'pensiun', 'dipenjara'], /lulus|sekolah|universitas|pensiun|penjara|tahan/i],
  [/\b(?:meninggal|wafat)(?: dunia)?\b/i, ['menikah', 'dinobatkan', 'lulus sekolah'], /menikah|istri|suami|nobat|tahta|takhta|lulus|sekolah/i],
  [/\bmeninggal(?: dunia)?\b|\bwafat\b/i, ['lahir'], /lahir|[–-]\s*\d/i],
  [/\b(?:di(?:dirikan|bentuk|bangun|resmikan|buka)|berdiri|terbentuk)(?:nya)?\b/i, ['dibubarkan', 'ditutup', 'runtuh', 'dijual'], /bubar|tutup|runtuh|jual|berakhir|hancur/i],
  [/\b(?:pendiri|pencipta|penemu|penggagas)\b/i, ['penentang', 'penerus', 'pembubar', 'pemilik sekarang'], /tentang|lawan|terus|ganti|bubar|pemilik|milik/i],
  [/\b(?:mendirikan|menciptakan|menemukan|membangun)\b/i, ['membubarkan', 'menolak', 'menghancurkan', 'menjual'], /bubar|tolak|hancur|jual/i],
  [/\b(?:di(?:ciptakan|temukan|buat))\b/i, ['dilarang', 'dimusnahkan', 'dipatenkan'], /larang|musnah|paten/i],
  [/\b(?:dirilis|rilis|diterbitkan|terbit|ditayangkan|tayang)\b/i, ['dilarang', 'ditarik dari peredaran', 'direkam', 'ditulis'], /larang|tarik|rekam|tulis/i],
  [/\b(?:dimulai|mulai|dimulainya|terjadi|terjadinya)\b/i, ['berakhir', 'dibatalkan'], /akhir|selesai|hingga|sampai|batal|[–-]\s*\d/i],
  [/\b(?:berakhir|berakhirnya|selesai)\b/i, ['direncanakan', 'ditunda'], /rencana|tunda/i],
  [/\bterbesar\b/i, ['terkecil', 'termiskin', 'termuda'], /kecil|miskin|muda/i], [/\btertinggi\b/i, ['terendah'], /rendah/i], [/\bterluas\b/i, ['tersempit'], /sempit/i], [/\bterpanjang\b/i, ['terpendek'], /pendek/i],
  [/\bpertama\b/i, ['terakhir', 'kelima', 'kesembilan'], /akhir|kelima|kesembilan|ke-5|ke-9/i], [/\btertua\b/i, ['termuda'], /muda/i],
  [/\b(?:ibu ?kota)(?: negara)?\b/i, ['mata uang', 'lagu kebangsaan', 'kota terkecil', 'bandar udara utama'], /uang|lagu|kebangsaan|terkecil|bandar/i],
  [/\bmata uang\b/i, ['lagu kebangsaan', 'bahasa resmi', 'kepala negara'], /lagu|bahasa|presiden|raja|kepala/i], [/\bbahasa(?: resmi| nasional)?\b/i, ['mata uang', 'agama terbesar'], /uang|agama/i],
  [/\bluas(?:nya)?\b/i, ['jumlah penduduk', 'jumlah sekolah', 'ketinggian'], /penduduk|jiwa|sekolah|tinggi|populasi/i], [/\b(?:jumlah )?(?:penduduk|populasi)\b/i, ['luas hutan', 'jumlah pengangguran', 'jumlah sekolah'], /hutan|anggur|sekolah/i],
  [/\btinggi(?:nya)?\b/i, ['kedalaman', 'berat', 'luas'], /dalam|berat|luas/i], [/\bpanjang(?:nya)?\b/i, ['kedalaman', 'berat', 'lebar'], /dalam|berat|lebar/i], [/\bjumlah\b/i, ['harga', 'berat rata-rata'], /harga|berat|rp|\$/i],
  [/\bayah\b/i, ['ibu', 'guru', 'paman'], /ibu|guru|paman|putri/i], [/\bibu\b(?! ?kota)/i, ['ayah', 'guru'], /ayah|guru|bapak|putra/i], [/\b(?:istri|suami)\b/i, ['guru', 'sahabat', 'ibu'], /guru|sahabat|teman|ibu/i], [/\banak\b/i, ['guru', 'cucu'], /guru|cucu/i],
  [/\b(?:penulis|pengarang)\b/i, ['penerjemah', 'penerbit', 'ilustrator'], /terjemah|terbit|ilustr/i], [/\bsutradara\b/i, ['penulis naskah', 'penata musik', 'produser'], /tulis|naskah|musik|produser|produksi/i], [/\b(?:presiden|pemimpin|ketua|raja)\b/i, ['wakil', 'musuh', 'juru bicara'], /wakil|musuh|lawan|bicara/i],
  [/\bletak|terletak\b/i, ['didirikan ulang', 'dipindahkan'], /pindah|ulang/i], [/\bpenyebab\b/i, ['obat', 'akibat'], /obat|akibat|sembuh/i], [/\bfungsi\b/i, ['harga', 'kelemahan'], /harga|lemah/i], [/\b(?:ber)?asal\b/i, ['pindah'], /pindah/i], [/\bgejala\b/i, ['obat'], /obat/i],
  [/\b(?:menjadi|menjabat|diangkat|terpilih)\b/i, ['berhenti menjadi', 'menolak menjadi', 'gagal menjadi'], /berhenti|tolak|gagal|mundur|hingga|sampai/i], [/\b(?:merdeka|kemerdekaan)\b/i, ['dijajah kembali', 'pemilu pertama'], /jajah|pemilu/i], [/\bmenikah\b/i, ['bercerai'], /cerai|pisah/i],
];

export const anotherFact: Alteration = ({ question, passage }, random) => {
  const possible = RELATIONS.filter(([asked, , signs]) => asked.test(question) && !signs.test(passage));
  if (possible.length === 0) return null;
  const [asked, instead] = pick(possible, random);
  return question.replace(asked, pick(instead, random));
};

/** Asks who, where, when or why of something of which the passage tells nothing of the kind. */
export const anotherInterrogative: Alteration = ({ question, passage }, random) => {
  const kind = interrogative(question);
  const match = INTERROGATIVES.find(([name]) => name === kind)![1].exec(question);
  const whole = /^\s*(?:pada |di |sejak |tahun |tanggal )*\p{L}*(?:kapan|siapa|berapa|di ?mana|mengapa)(?:kah)?\b/iu.exec(question);
  if (!match || !whole || kind === 'apa') return null;
  const rest = question.slice(whole[0].length);
  if (/^\s*(?:yang|nama|luas|jumlah|lama|tinggi|panjang|pendiri|pen\w+|banyak)\b/i.test(rest) && kind !== 'kapan' && kind !== 'mana') return null;
  const possible: string[] = [];
  if (kind !== 'mengapa' && !/karena|sebab|akibat|untuk|agar|supaya|guna|setelah/i.test(passage)) possible.push('Mengapa');
  if (kind === 'kapan' && !/(?:^|\s)(?:di|ke|dari)\s+\p{Lu}/u.test(passage)) possible.push('Di mana');
  if (kind === 'mana' && !/\d/.test(passage)) possible.push('Kapan');
  if (kind === 'kapan' && !/oleh|sama|bersama/i.test(passage) && /\bdi\w+/.test(rest)) possible.push('Oleh siapa');
  return possible.length > 0 ? `${pick(possible, random)}${rest}` : null;
};

const PLACES = ['di Brasil', 'di Islandia', 'di Kanada', 'di Papua', 'di Mesir', 'di Vietnam', 'di Skotlandia', 'di Sulawesi', 'di Kenya', 'di Meksiko'];
const SUBGROUPS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(?:penduduk|populasi|jiwa)\b/i, ['perempuan', 'anak-anak', 'lanjut usia', 'asing']], [/\b(?:film|novel|album|lagu|buku)\b/i, ['versi Jepang', 'edisi kedua', 'versi anak-anak']], [/\b(?:universitas|sekolah|perusahaan|stasiun|partai|klub|band)\b/i, ['cabang Surabaya', 'versi lama']],
];

/** Adds a year, a place or a part of the whole that the passage does not speak of. */
export const furtherCondition: Alteration = ({ question, passage }, random) => {
  const kind = interrogative(question);
  const body = question.replace(/[\s?.!]+$/, '');
  const end = question.trimEnd().endsWith('?') ? '?' : '';
  const possible: string[] = [];
  if (kind !== 'kapan' && !/\d{3,4}/.test(question)) {
    const year = String(1500 + Math.floor(random() * 520));
    if (!passage.includes(year)) possible.push(`${body} pada tahun ${year}${end}`, `${body} menurut data tahun ${year}${end}`);
  }
  const place = pick(PLACES, random);
  if (kind !== 'mana' && !/\bdi \p{Lu}/u.test(question) && !passage.includes(place.slice(3))) possible.push(`${body} ${place}${end}`);
  const group = SUBGROUPS.find(([asked, parts]) => asked.test(question) && !parts.some((part) => passage.includes(part)));
  if (group) possible.push(question.replace(group[0], (word) => `${word} ${pick(group[1], random)}`));
  return possible.length > 0 ? pick(possible, random) : null;
};

/** What is asked for is what is not so. */
export const negated: Alteration = ({ question, passage }, random) => {
  if (/\b(?:tidak|bukan|belum|kecuali|selain)\b/i.test(`${question} ${passage}`)) return null;
  const word = random() < 0.8 ? 'tidak' : 'tidak pernah';
  const verb = /\b(?!di ?mana|dimanakah|disebut|diketahui|berapa|meter|menteri|menara|merek|mesir|mesin|berat|berita|bersama|dinasti|diameter|terhadap|terjadi)(?:di|me[mn]|ber|ter)[a-z]{4,}\b/;
  if (/^\s*siapa(?:kah)?\s+yang\s/i.test(question)) return question.replace(/\byang\s/i, `yang ${word} `);
  if (/^\s*apa(?:kah)?\s+(?:nama\s+)?(?:ibu|mata|bahasa|peran|fungsi|penyebab|alat|makanan|warna|kota|negara|agama|jenis|gejala|ciri|manfaat|tujuan|tugas)/i.test(question)) return question.replace(/^\s*apa(?:kah)?\s+/i, pick(['Apa yang bukan ', 'Manakah yang bukan ', 'Apakah yang bukan '], random));
  if (/\b(?:di ?mana|kapan|siapa|apa)/i.test(question) && verb.test(question)) return question.replace(verb, (found) => `${word} ${found}`);
  return null;
};

/** One of the changes that can be made to this question, the kinds mixed evenly, `further` ones among them; `null` where none can. */
export function alteredQuestion(asked: AskedPassage, pool: NamePool, random: Random, further: readonly Alteration[] = []): string | null {
  const kinds = [...further, anotherName(pool), anotherName(pool), halfAnotherName(pool), narrowerThan(pool), narrowerThan(pool), nameFromPassage(pool), nameFromPassage(pool), anotherFact, anotherFact, anotherInterrogative, furtherCondition, negated];
  for (const alter of shuffled(kinds, random)) {
    const altered = alter(asked, random)?.replace(/\s+/g, ' ').trim();
    if (altered && lower(altered) !== lower(asked.question.trim())) return altered;
  }
  return null;
}
