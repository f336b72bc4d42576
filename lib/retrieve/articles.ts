/**
 * The articles of a regulation as its text holds them, scans and page breaks included. A law that amends another quotes
 * whole articles of it; those are known by the law and number they restate, not by where they are quoted.
 */
import { citations, explanationStart, shortName, type Regulation } from './regulation.ts';
import type { Span } from './sentences.ts';

export interface Article extends Span {
  /** Key of the regulation whose article it is: the amended one where it is restated. */
  readonly law: string;
  /** "UU 7/1983 tentang Pajak Penghasilan" where another law is restated, else `null`. */
  readonly lawTitle: string | null;
  /** E.g. `17`, `31A`, `I`; empty for what stands before the first article. */
  readonly number: string;
  /** Whether this is the official explanation of the article and not its text. */
  readonly explains: boolean;
  /** The chapter it stands in, e.g. "BAB III OBJEK PAJAK". */
  readonly chapter: string | null;
  /** The article of the amending law that quotes it. */
  readonly quotedIn: string | null;
}

const HEADING = /(?<=^|[\s"“”.;:)])(?:(?:Pasa[l1I]|PASAL)\s*(?<article>\d[\dO]{0,2}(?:\s?[A-NP-Z](?=[\s.]))?|[IVX]{1,4})(?=[\s."]|$)|(?<chapter>BAB\s+[IVXLC1l]{1,6}[A-Z]?)(?=\s))/gu;
/** What follows the number where a sentence merely refers to an article. */
const GOES_ON = /^[\s"]*(?:(?:ayat|huruf|angka|dan|atau|sampai|serta|juncto|jo|sebagaimana|diubah|dihapus|berbunyi|telah|ini|tersebut|yang|disisipkan|tetap|harus)\b|[,;)])|^[^\S\n]*(?:Undang|Peraturan|UU)/u;
/** What precedes a mere reference. */
const LEADS_TO = /(?:dalam|dengan|pada|dan|atau|ketentuan|menurut|berdasarkan|dimaksud|yakni|yaitu|sampai|antara|sehingga|dari|sama|oleh|kepada|menjadi|penjelasan|substansi|\(\d\w?\)|huruf \w|,)["“]?\s*$/iu;
const INTRODUCES = /(?:berbunyi|berikut)[^.;]{0,60}["“”]?\s*$|(?:berbunyi|berikut)\s*[:;.][\s"“”\d.:-]*$/iu;
const AMENDS = /^[\s.:"\d]*(?:Beberapa|Ketentuan|Mengubah|Undang|Peraturan|Pasal|Di\s+antara|Dalam\s+Undang)(?:(?!\nPasal\s+\d+\s*\n\s*[(A-Z])[\s\S]){0,1800}?(?:diubah\s*,?\s*(?:sebagai\s+berikut|sehingga|dan\s+di)|disisipkan\s+\d|berbunyi|(?:mengubah|perubahan)[^.]{0,300}sebagai\s+berikut)/iu;
const CLOSING = /(?:Agar\s+(?:supaya\s+)?setiap\s+orang\s+mengetahui|Disahkan\s+di\s|Ditetapkan\s+di\s+Jakarta)/u;
/** Before this a citation of another regulation's closing words cannot stand. */
const PREAMBLE = 1500;

/** All of a regulation's text from beginning to end, article after article. */
export function articlesOf(text: string, regulation: Pick<Regulation, 'key' | 'amends'>): Article[] {
  const closing = CLOSING.exec(text.slice(PREAMBLE));
  const bodyEnd = Math.min(explanationStart(text), closing ? PREAMBLE + closing.index : text.length);
  const found: Article[] = [];
  const targets = new Map<string, { key: string; title: string }>(regulation.amends ? [['', regulation.amends]] : []);
  let chapter: string | null = null;
  let [own, quoted] = ['', ''];
  let explains = false;
  let open: Omit<Article, 'end'> = { law: regulation.key, lawTitle: null, number: '', explains: false, chapter: null, quotedIn: null, start: 0 };
  const begin = (next: Omit<Article, 'end'>, at: number) => {
    if (text.slice(open.start, at).trim()) found.push({ ...open, end: at });
    open = next;
  };
  for (const match of text.matchAll(HEADING)) {
    const at = match.index;
    const end = at + match[0].length;
    if (!explains && at >= bodyEnd) {
      begin({ law: regulation.key, lawTitle: null, number: '', explains: true, chapter: null, quotedIn: null, start: bodyEnd }, bodyEnd);
      explains = true;
      [own, quoted, chapter] = ['', '', null];
    }
    if (match.groups!.chapter) {
      chapter = chapterTitle(text, at, end) ?? chapter;
      continue;
    }
    const written = match.groups!.article.replace(/\s/g, '');
    const number = /^\d/.test(written) ? written.replace(/O/g, '0') : written;
    if (!isHeading(text, at, end, number, own, quoted)) continue;
    // An amending law whose own first heading is lost amends what its title says.
    const target = targets.get(own);
    if (target && isQuoted(text, at, number, own, quoted)) {
      quoted = number;
      const from = explains ? at : instructionStart(text, open.start, at);
      begin({ law: target.key, lawTitle: target.title, number, explains, chapter, quotedIn: own, start: from < at ? from : end }, from);
    } else {
      [own, quoted] = [number, ''];
      const amended = explains ? null : amendedBy(text.slice(end, end + 2600));
      if (amended && amended.key !== regulation.key) targets.set(own, amended);
      begin({ law: regulation.key, lawTitle: null, number, explains, chapter, quotedIn: null, start: end }, at);
    }
  }
  found.push({ ...open, end: text.length });
  return found.filter(({ start, end }) => text.slice(start, end).trim() !== '');
}

/** The regulation an article changes, when that is what it does: of an amending one named first, what that amends. */
function amendedBy(article: string): { key: string; title: string } | null {
  if (!AMENDS.test(article)) return null;
  const named = citations(article.slice(0, 900));
  const target = named.find(({ end }) => !/^\s*tentang\s+perubahan\s/iu.test(article.slice(end, end + 40)));
  if (!target) return null;
  const subject = /^\s*tentang\s+((?:(?!,?\s*sebagai|\(|yang\s+telah|diubah)\S+\s*){1,18})/iu.exec(article.slice(target.end, target.end + 250))?.[1] ?? '';
  return { key: target.key, title: [shortName(target.key), subject.replace(/\s+/g, ' ').replace(/[\s,.]+$/, '')].filter(Boolean).join(' tentang ') };
}

/** Where "7. Ketentuan Pasal 9 diubah sehingga berbunyi:" begins, which belongs to the article it introduces; else `at`. */
function instructionStart(text: string, from: number, at: number): number {
  const before = text.slice(from, at);
  const last = [...before.matchAll(/(?<=\s|^)\d{1,3}\s?\.\s+(?=Ketentuan|Di\s+antara|Menambah|Pasal|Setelah|Judul|Mengubah|Antara)|(?<=[^\d\s][.;"”]\s+)(?=(?:Ketentuan|Di\s+antara)\s[^.]{0,400}(?:diubah|disisipkan|ditambah))/gu)].at(-1);
  return last && last.index > 0 && before.length - last.index < 1200 ? from + last.index : at;
}

function isHeading(text: string, at: number, end: number, number: string, own: string, quoted: string): boolean {
  const before = text.slice(Math.max(0, at - 160), at);
  const after = text.slice(end, end + 60);
  if (GOES_ON.test(after)) return false;
  const introduced = INTRODUCES.test(before);
  if (!introduced && LEADS_TO.test(before)) return false;
  const lineStarts = /(?:^|\n)[\s"“”]*$/.test(before);
  if (lineStarts && /^[\s"“”.]*(?:\n|$)/.test(after)) return true;
  if (!/^[\s"“”.]*(?:\(|[A-Z])/u.test(after)) return false;
  const next = follows(own, number) || follows(quoted, number);
  return introduced || (next && (lineStarts || /(?:[.;:"”)]|[A-Z]{3,}|Angka\s+\d+)\s*$/u.test(before)));
}

/** Whether an article heading within an amending article belongs to the amended law. */
function isQuoted(text: string, at: number, number: string, own: string, quoted: string): boolean {
  if (!/^\d/.test(number)) return false;
  if (!/^\d/.test(own)) return true;
  const before = text.slice(Math.max(0, at - 160), at);
  return INTRODUCES.test(before) || /Angka\s+\d+\s*$/iu.test(before) || !follows(own, number) || (follows(quoted, number) && /[A-Z]$/.test(number));
}

/** Whether `number` may come right after `before`: 17 or 16A after 16; the first one after nothing. */
function follows(before: string, number: string): boolean {
  if (/^[IVX]+$/.test(number)) return number === ({ '': 'I', I: 'II', II: 'III', III: 'IV' } as Record<string, string>)[before];
  const [, digits, letter] = /^(\d+)([A-Z]?)$/.exec(number) ?? [];
  const [, digitsBefore, letterBefore] = /^(\d+)([A-Z]?)$/.exec(before) ?? ['', '0', ''];
  if (Number(digits) === Number(digitsBefore)) return letter !== '' && letter.charCodeAt(0) === (letterBefore ? letterBefore.charCodeAt(0) + 1 : 65);
  return Number(digits) === Number(digitsBefore) + 1 && letter === '';
}

/** "BAB III OBJEK PAJAK": the words in capitals after the number, on its line or the next. */
function chapterTitle(text: string, at: number, end: number): string | null {
  const title = /^\s*((?:[A-Z][A-Z,-]+(?:\s+|$)){1,14})/u.exec(text.slice(end, end + 160).replace(/\s*\n\s*/g, ' '))?.[1].trim();
  return title ? `${text.slice(at, end).replace(/\s+/g, ' ')} ${title}` : null;
}
