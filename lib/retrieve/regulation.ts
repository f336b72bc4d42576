/**
 * What an Indonesian regulation says about itself: its name, since when it is in force, what it amends and what it revokes.
 * Scans are read with the letters that stand in for digits ("2O2I") put right.
 */

/** Kinds of regulation by the short name people use. A new one is one entry. */
const KINDS: readonly { readonly short: string; readonly name: RegExp }[] = [
  { short: 'Perpu', name: /peraturan\s+pemerintah\s+pengganti\s+undang-?\s*undang/iu },
  { short: 'UU', name: /undang-?\s*undang/iu },
  { short: 'PP', name: /peraturan\s+pemerintah/iu },
  { short: 'Perpres', name: /peraturan\s+presiden/iu },
  { short: 'PMK', name: /peraturan\s+menteri\s+keuangan/iu },
  { short: 'Perda', name: /peraturan\s+daerah/iu },
];
const KIND = KINDS.map(({ name }) => name.source).join('|');
const CITATION = new RegExp(`(?<![\\p{L}])(${KIND})(?:\\s+republik\\s+indonesia)?\\s*nomor\\s+([0-9OIl](?:\\s?[0-9OIl]){0,2})(?:\\s*/\\s*[A-Z0-9.]+\\s*/\\s*|\\s*tahun\\s+)([0-9OoIlL](?:\\s?[0-9OoIlL]){3})(?![\\p{L}\\d])`, 'giu');

export interface Citation {
  /** E.g. `uu/7/1983`. */
  readonly key: string;
  readonly index: number;
  readonly end: number;
}

export interface Regulation {
  readonly key: string;
  /** E.g. "UU 36/2008 tentang Perubahan Keempat atas UU 7/1983 tentang Pajak Penghasilan". */
  readonly title: string;
  /** What its title says it amends. */
  readonly amends: { readonly key: string; readonly title: string } | null;
  /** ISO date; the year of its number begins it where no date can be read. */
  readonly inForceFrom: string;
  /** Keys of whole regulations, and `key#article` of articles, that end when this one begins. */
  readonly revokes: readonly string[];
}

const HEAD_CHARACTERS = 1500;
const MONTHS = ['januari', 'februari', 'maret', 'april', 'mei', 'juni', 'juli', 'agustus', 'september', 'oktober', 'november', 'desember'];

/**
 * Reads a text as a regulation; `null` when it does not begin as one (its kind, number, year and TENTANG in capitals).
 * @param id where the text has lost its head, one of the form `uu/1994/12`, as archives of law name their files, stands in.
 */
export function readRegulation(text: string, id = ''): Regulation | null {
  const head = text.slice(0, HEAD_CHARACTERS).replace(/\s+/g, ' ');
  const names = [...head.matchAll(/NOMOR\s*([0-9OIl]+)\s*(?:TAHUN\s*|\/[A-Z0-9.]+\/)([0-9OIlL]{4})\s+TENTANG\s+/gu)].map((number) => ({
    number,
    kind: [...head.slice(0, number.index).matchAll(new RegExp(KIND, 'giu'))].at(-1),
  }));
  // A summary above it may name the amended regulation first.
  const { number, kind } = names.find(({ kind }) => kind && !/\batas\s*$/iu.test(head.slice(0, kind.index))) ?? {};
  if (number && kind) return regulation(text, keyOf(kind[0], number[1], number[2]), head.slice(number.index + number[0].length));
  const [, short, year, ordinal] = /(?:^|\/)([a-z]+)\/(\d{4})\/(\d+)$/.exec(id) ?? [];
  const enacted = /Menetapkan\s*:\s*[A-Z-]+(?:\s[A-Z-]+)?\s+TENTANG\s+([\s\S]{10,300})/u.exec(text.slice(0, 4 * HEAD_CHARACTERS))?.[1];
  if (!enacted || !KINDS.some((known) => known.short.toLowerCase() === short)) return null;
  return regulation(text, `${short}/${ordinal}/${year}`, enacted.replace(/\s+/g, ' '));
}

function regulation(text: string, key: string, subjectAndMore: string): Regulation | null {
  const subject = subjectOf(subjectAndMore);
  if (!subject) return null;
  const [, amended] = /^perubahan(?:\s+\S+)?\s+atas\s+(.+)$/iu.exec(subject) ?? [];
  const [short, number, year] = /^(\S+) (\d+)\/(\d{4})/.exec(amended ?? '')?.slice(1) ?? [];
  const amends = short ? { key: `${short.toLowerCase()}/${number}/${year}`, title: amended.replace(/\s+sebagaimana.*$/iu, '') } : null;
  return { key, title: `${shortName(key)} tentang ${subject}`, amends, inForceFrom: inForceFrom(text, key), revokes: revokedBy(text) };
}

/** Every regulation a text names, in its order. */
export function citations(text: string): Citation[] {
  return [...text.matchAll(CITATION)].map((match) => ({ key: keyOf(match[1], match[2], match[3]), index: match.index, end: match.index + match[0].length }));
}

/** `uu/7/1983` as people write it: "UU 7/1983". */
export function shortName(key: string): string {
  const [kind, number, year] = key.split('/');
  return `${KINDS.find(({ short }) => short.toLowerCase() === kind)?.short ?? kind} ${number}/${year}`;
}

/** Digits of a scan: O is 0, and I, l, L and r are 1. */
const scannedDigits = (text: string): string => text.replace(/[Oo]/g, '0').replace(/[IlLr]/g, '1').replace(/\s/g, '');

function keyOf(kind: string, number: string, year: string): string {
  const { short } = KINDS.find(({ name }) => name.test(kind))!;
  return `${short.toLowerCase()}/${Number(scannedDigits(number))}/${scannedDigits(year)}`;
}

/** The title in capitals, up to the first word that is not; in small letters with capitals at its nouns' beginnings. */
function subjectOf(rest: string): string {
  const end = /\s(?:DENGAN\s+RA|PRESIDEN\b|MENTERI\s+KEUANGAN\s+REPUBLIK|Menimbang|MEMUTUSKAN)|\sPasal\s|\.\s|\s\S*[a-z]{2}/u.exec(rest)?.index ?? rest.length;
  const small = rest.slice(0, end).toLowerCase().replace(/[^\p{L}\d\s,/()-]/gu, '').replace(/\s+/g, ' ').trim();
  const words = small.replace(/(?<![\p{L}-])(?!(?:dan|atas|dari|atau|yang|dengan|untuk|dalam|tentang|di|oleh|tahun|kali)\b)\p{L}/gu, (letter) => letter.toUpperCase());
  return citations(words).reduceRight((text, { key, index, end: last }) => text.slice(0, index) + shortName(key) + text.slice(last), words);
}

/** The last date its closing article gives, else the day it was promulgated, else the first day of its year. */
function inForceFrom(text: string, key: string): string {
  const own = text.slice(0, explanationStart(text));
  const closing = [...own.matchAll(/ini\s+(?:mulai\s+)?berlaku\s+(?:pada|sejak)\s+tanggal\s+(\S+\s+\S+\s+\S{4})/giu)].at(-1);
  const promulgated = /(?:diundangkan|ditetapkan|disahkan)\s+di\s+\S+\s+pada\s+tanggal\s+(\S+\s+\S+\s+\S{4})/iu.exec(text);
  return dateOf(closing?.[1]) ?? dateOf(promulgated?.[1]) ?? `${key.split('/')[2]}-01-01`;
}

function dateOf(words: string | undefined): string | null {
  const [day, month, year] = words?.toLowerCase().split(/\s+/) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (!number || !/^\d{4}$/.test(scannedDigits(year)) || !/^\d{1,2}$/.test(scannedDigits(day))) return null;
  return `${scannedDigits(year)}-${String(number).padStart(2, '0')}-${scannedDigits(day).padStart(2, '0')}`;
}

/** Where the official explanation begins, or the end of the text. */
export function explanationStart(text: string): number {
  const found = /(?:^|\s)(?:PENJELASAN\s+(?:ATAS|A\s?TAS)\b|PASAL\s+DEMI\s+PASAL)/u.exec(text.slice(HEAD_CHARACTERS));
  return found ? HEAD_CHARACTERS + found.index : text.length;
}

const kindOf = (key: string): string => key.slice(0, key.indexOf('/'));

/** More than any law has; a text made to be slow is not read to its end. */
const MOST_REVOCATIONS = 100;
const REVOKED = /dicabut\s+dan\s+dinyatakan\s+tidak\s+berlaku/giu;

/** Whole regulations named between "mulai berlaku" and "dicabut dan dinyatakan tidak berlaku", and articles "dihapus". */
function revokedBy(text: string): string[] {
  const own = text.slice(0, explanationStart(text)).replace(/\^/g, '');
  const found: string[] = [];
  for (const { index } of [...own.matchAll(REVOKED)].slice(-MOST_REVOCATIONS)) {
    const before = own.slice(Math.max(0, index - 8000), index);
    const start = [...before.matchAll(/mulai\s+berlaku[,:]/giu)].at(-1);
    if (!start) continue;
    // What goes on being in force is listed first.
    const list = before.slice(start.index).split(/tetap\s+berlaku/iu).at(-1)!;
    for (const item of list.split(/[,:;]\s*(?:dan\s+)?(?:[a-z0-9]{1,2}\.\s+)?(?=(?:Undang|Peraturan|[Kk]etentuan|Pasal))|dicabut/u)) {
      const [first, ...named] = citations(item);
      // An item that begins with a provision revokes that provision only.
      if (!first || /pasal|ketentuan|huruf|angka|pelaksanaan/iu.test(item.slice(0, first.index))) continue;
      const amendments = named.filter(({ key, index: at }) => kindOf(key) === kindOf(first.key) && /diubah\s+(?:terakhir\s+)?(?:dengan\s+)+$/iu.test(item.slice(0, at)));
      found.push(first.key, ...amendments.map(({ key }) => key));
    }
  }
  return [...new Set(found)];
}
